import { useEffect } from 'react';
import { useErrorText } from '../../lib/form.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Field, Select, TextArea } from '../../ui/Field.tsx';
import { isComposing } from '../../ui/ime.ts';
import styles from './editor.module.css';
import { layoutWords } from './layout-words.ts';
import { useTallEnough } from './ParagraphEditor.tsx';
import type { Addition, DraftDesk } from './use-draft.ts';
import { minutesWords } from './words.ts';

const KINDS: readonly Addition['kind'][] = ['text', 'item', 'heading', 'subheading'];

/** A paragraph that is being written and stands nowhere yet. */
export function NewParagraph({ desk, add }: { desk: DraftDesk; add: Addition }) {
  const words = useWords(minutesWords);
  const layout = useWords(layoutWords);
  const errorText = useErrorText();
  const field = useTallEnough(desk.draft?.text ?? '');
  useEffect(() => field.current?.focus(), [field]);
  return (
    <section className={styles.editor} aria-label={layout.newText}>
      <Field label={layout.kind}>
        <Select
          value={add.kind}
          onChange={(event) => desk.become(KINDS.find((kind) => kind === event.target.value) ?? 'text')}
        >
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {layout[kind]}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={layout.newText} quiet error={errorText(desk.error)}>
        <TextArea
          ref={field}
          rows={1}
          className={styles.field}
          value={desk.draft?.text ?? ''}
          onChange={(event) => desk.write(event.target.value)}
          onKeyDown={(event) => {
            if (isComposing(event)) return;
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              void desk.save();
            }
            if (event.key === 'Escape' && desk.draft?.text === '') desk.discard();
          }}
        />
      </Field>
      {desk.failure && <ErrorNote failure={desk.failure} />}
      <div className={styles.tools}>
        <Button small onClick={desk.discard}>
          {words.cancel}
        </Button>
        <Button small kind="li" busy={desk.busy} onClick={() => void desk.save()}>
          {layout.add}
        </Button>
      </div>
    </section>
  );
}
