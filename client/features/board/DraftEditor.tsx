import { EditorContent, useEditor } from '@tiptap/react';
import { useEffect, useRef, useState } from 'react';
import { holdWhileComposing } from '../../lib/doc/hold-while-composing.ts';
import { usePerson } from '../../lib/me.ts';
import { pageNonce } from '../../lib/nonce.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './board.module.css';
import { DraftTools } from './DraftTools.tsx';
import type { DraftDesk } from './draft-desk.ts';
import { draftExtensions } from './draft-extensions.ts';
import { type LeftOut, notWords } from './left-out.ts';
import { StateStrip } from './StateStrip.tsx';
import { TableTools } from './TableTools.tsx';
import type { Live } from './use-live.ts';
import { boardWords } from './words.ts';

/** One editor of the draft, for as long as it can follow the document. */
export function DraftEditor({ live, desk, carets }: { live: Live; desk: DraftDesk; carets: boolean }) {
  const words = useWords(boardWords);
  const person = usePerson();
  const { document, readOnly } = live;
  const [note, setNote] = useState<string>();
  const besides = useRef<readonly LeftOut[]>([]);
  const paper = useRef<HTMLDivElement>(null);
  const me = useRef({ id: person?.personId ?? '', name: person?.name ?? '' });
  const editor = useEditor(
    {
      immediatelyRender: false,
      shouldRerenderOnTransaction: false,
      editable: !readOnly,
      extensions: draftExtensions({
        live: document,
        person: me.current,
        hint: words.draftHint,
        tooLarge: (what) => setNote(what === 'table' ? words.tableTooLarge : words.tooLongPaste),
        leftOut: (what) => setNote(words.leftOut([...besides.current, ...what])),
        guard: desk,
        carets,
      }),
      editorProps: {
        attributes: {
          'aria-label': words.draftArea,
          'aria-multiline': 'true',
          role: 'textbox',
          class: 'draft',
          // A translated document would be everybody's.
          translate: 'no',
        },
        handleDOMEvents: {
          // Looked at before it is parsed: that alone would take seconds.
          paste: (_view, event) => look(event, event.clipboardData),
          drop: (_view, event) => look(event, event.dataTransfer),
        },
      },
      injectCSS: true,
      ...nonce(),
    },
    [document, words],
  );
  /** True when nothing of it is to be put in. */
  const look = (event: Event, data: DataTransfer | null): boolean => {
    if (!data || readOnly) return false;
    const text = data.getData('text/plain');
    besides.current = notWords(data);
    const fits = document.fits(text);
    if (!fits) setNote(words.tooLongPaste);
    else if (besides.current.length > 0) setNote(words.leftOut(besides.current));
    // A file that is dropped would be opened in place of the page.
    const onlyFiles = data.files.length > 0 && text === '' && data.getData('text/html') === '';
    if (fits && !onlyFiles) return false;
    event.preventDefault();
    return true;
  };
  useEffect(() => {
    editor?.setEditable(!readOnly, false);
  }, [editor, readOnly]);
  useEffect(() => (editor ? holdWhileComposing(document, editor.view.dom) : undefined), [editor, document]);
  return (
    <>
      {editor && !readOnly && (
        <div className={styles.bench}>
          <DraftTools editor={editor} />
        </div>
      )}
      <StateStrip live={live} />
      <div ref={paper} className={styles.paper}>
        {editor && !readOnly && <TableTools editor={editor} paper={paper} />}
        <EditorContent editor={editor} />
      </div>
      {note && (
        <div className={styles.note} role="alert">
          <span>{note}</span>
          <Button small onClick={() => setNote(undefined)}>
            {words.understood}
          </Button>
        </div>
      )}
    </>
  );
}

function nonce(): { injectNonce?: string } {
  const value = pageNonce();
  return value === undefined ? {} : { injectNonce: value };
}
