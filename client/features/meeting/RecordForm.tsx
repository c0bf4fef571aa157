import { useId } from 'react';
import { z } from 'zod';
import { Day, LongText, Name } from '../../../shared/fields.ts';
import type { Resolution } from '../../../shared/log.ts';
import { toInputs } from '../../lib/dates.ts';
import { useForm } from '../../lib/form.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Actions } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Field, TextArea, TextInput } from '../../ui/Field.tsx';
import { KeptNote } from '../../ui/KeptNote.tsx';
import { useRoom } from './room.ts';
import styles from './records.module.css';
import { meetingWords } from './words.ts';

const Written = z.object({ text: LongText, who: Name, due: Day });
export const recordAt = (sessionId: string, kind: Resolution['kind']): string =>
  `record.${sessionId}.${kind}`;
const TWO_WEEKS = 14 * 86_400_000;

/** A decision names its unit, an action its owner; both name a day. */
export function RecordForm({ kind, onDone }: { kind: Resolution['kind']; onDone: () => void }) {
  const words = useWords(meetingWords);
  const { state, store } = useRoom();
  const names = useId();
  const decision = kind === 'decision';
  const form = useForm({
    key: recordAt(state.sessionId, kind),
    initial: { text: '', who: decision ? (state.schedule?.hostUnit.name ?? '') : '', due: '' },
    schema: Written,
    toInput: (value) => value,
    submit: async ({ text, who, due }) => {
      if (decision) await store.act('session.decide', { text, unitName: who, due });
      else await store.act('session.assign', { text, ownerName: who, due });
      onDone();
    },
  });
  const people = Object.values(state.people);
  const known = [...new Set(people.map((p) => (decision ? p.unitName : p.name)))].filter(Boolean);
  return (
    <form
      className={styles.recordForm}
      aria-label={decision ? words.addDecision : words.addAction}
      onSubmit={form.submit}
      noValidate
    >
      <KeptNote form={form} />
      <Field label={words.matter} error={form.errorOf('text')}>
        <TextArea
          rows={2}
          autoFocus
          value={form.value.text}
          onChange={(e) => form.set({ text: e.target.value })}
        />
      </Field>
      <div className={styles.recordRow}>
        <Field label={decision ? words.unitLabel : words.ownerLabel} error={form.errorOf('who')}>
          <TextInput
            list={names}
            value={form.value.who}
            onChange={(e) => form.set({ who: e.target.value })}
          />
        </Field>
        <Field label={words.dueLabel} error={form.errorOf('due')}>
          <TextInput type="date" value={form.value.due} onChange={(e) => form.set({ due: e.target.value })} />
        </Field>
      </div>
      <datalist id={names}>
        {known.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {form.value.due === '' && (
        <Button small kind="quiet" onClick={() => form.set({ due: toInputs(Date.now() + TWO_WEEKS).day })}>
          {words.inTwoWeeks}
        </Button>
      )}
      {form.failure && <ErrorNote failure={form.failure} />}
      <Actions>
        <Button
          onClick={() => {
            form.reset();
            onDone();
          }}
        >
          {words.cancel}
        </Button>
        <Button type="submit" kind="li" busy={form.busy}>
          {decision ? words.keepDecision : words.keepAction}
        </Button>
      </Actions>
    </form>
  );
}
