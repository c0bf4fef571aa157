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
import { StateStrip } from './StateStrip.tsx';
import { TableTools } from './TableTools.tsx';
import type { Live } from './use-live.ts';
import { boardWords } from './words.ts';

/** One editor of the draft, for as long as it can follow the document. */
export function DraftEditor({ live, desk, carets }: { live: Live; desk: DraftDesk; carets: boolean }) {
  const words = useWords(boardWords);
  const person = usePerson();
  const { document, readOnly } = live;
  const [tooLarge, setTooLarge] = useState<'text' | 'table'>();
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
        tooLarge: setTooLarge,
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
          paste: (_view, event) =>
            refuse(event, document.fits(event.clipboardData?.getData('text/plain') ?? '')),
          drop: (_view, event) =>
            refuse(event, document.fits(event.dataTransfer?.getData('text/plain') ?? '')),
        },
      },
      injectCSS: true,
      ...nonce(),
    },
    [document, words],
  );
  const refuse = (event: Event, fits: boolean): boolean => {
    if (fits) return false;
    event.preventDefault();
    setTooLarge('text');
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
      {tooLarge && (
        <div className={styles.note} role="alert">
          <span>{tooLarge === 'table' ? words.tableTooLarge : words.tooLongPaste}</span>
          <Button small onClick={() => setTooLarge(undefined)}>
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
