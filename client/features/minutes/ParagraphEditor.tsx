import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { Paragraph } from '../../../shared/contract/minutes.ts';
import { printedText } from '../../../shared/numbering.ts';
import { nearText } from '../../lib/dates.ts';
import { useErrorText } from '../../lib/form.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Field, TextArea } from '../../ui/Field.tsx';
import { isComposing } from '../../ui/ime.ts';
import styles from './editor.module.css';
import { useDesk } from './use-desk.ts';
import type { DraftDesk } from './use-draft.ts';
import { minutesWords } from './words.ts';

/** The field is as tall as its words. */
export function useTallEnough(text: string) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const own = field.current;
    if (!own) return;
    own.style.height = 'auto';
    own.style.height = `${own.scrollHeight + 4}px`;
  }, [text]);
  return field;
}

/** Somebody was faster: their words beside mine, and the choice is mine. */
function Conflict({ paragraph, desk }: { paragraph: Paragraph; desk: DraftDesk }) {
  const words = useWords(minutesWords);
  const language = useLanguage();
  const { edited } = paragraph;
  return (
    <div className={styles.conflict} role="alert">
      <p className={styles.small}>
        {edited ? words.theirs(edited.by, nearText(edited.at, language)) : words.theirsLog}
      </p>
      <blockquote className={styles.theirs}>{printedText(paragraph)}</blockquote>
      <div className={styles.tools}>
        <Button small onClick={desk.discard}>
          {edited ? words.useTheirs : words.useNew}
        </Button>
        <Button small busy={desk.busy} onClick={() => void desk.save(paragraph.rev)}>
          {words.useMine}
        </Button>
      </div>
    </div>
  );
}

/** A paragraph under the hand. */
export function ParagraphEditor({ paragraph, desk }: { paragraph: Paragraph; desk: DraftDesk }) {
  const words = useWords(minutesWords);
  const errorText = useErrorText();
  // Where there is a keyboard.
  const keys = useDesk();
  const { draft, failure } = desk;
  const text = draft?.text ?? '';
  const field = useTallEnough(text);
  const conflict = draft !== undefined && paragraph.rev !== draft.rev;
  useEffect(() => {
    const own = field.current;
    own?.focus();
    own?.setSelectionRange(own.value.length, own.value.length);
  }, [field]);
  const key = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (!conflict) void desk.save();
    }
    if (event.key === 'Escape' && text === printedText(paragraph)) desk.discard();
  };
  return (
    <div className={styles.editor}>
      {conflict && <Conflict paragraph={paragraph} desk={desk} />}
      <Field
        label={conflict ? words.mine : words.editField}
        quiet={!conflict}
        error={errorText(desk.error)}
        hint={conflict || !keys ? undefined : words.keys}
      >
        <TextArea
          ref={field}
          rows={1}
          className={styles.field}
          value={text}
          onChange={(event) => desk.write(event.target.value)}
          onKeyDown={key}
        />
      </Field>
      {failure && !conflict && <ErrorNote failure={failure} />}
      {!conflict && (
        <div className={styles.tools}>
          <Button small onClick={desk.discard}>
            {words.cancel}
          </Button>
          <Button small kind="li" busy={desk.busy} onClick={() => void desk.save()}>
            {words.save}
          </Button>
        </div>
      )}
    </div>
  );
}
