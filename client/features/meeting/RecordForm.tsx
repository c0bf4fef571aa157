import { useId } from 'react';
import { z } from 'zod';
import { Day, LongText, Name } from '../../../shared/fields.ts';
import type { Resolution } from '../../../shared/log.ts';
import { serverNow } from '../../lib/clock.ts';
import { toInputs } from '../../lib/dates.ts';
import { useForm } from '../../lib/form.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Actions } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Field, TextArea, TextInput } from '../../ui/Field.tsx';
import { KeptNote } from '../../ui/KeptNote.tsx';
import { PersonPick } from './PersonPick.tsx';
import { recordWords } from './record-words.ts';
import { useRoom } from './room.ts';
import styles from './records.module.css';
import { meetingWords } from './words.ts';

export const recordAt = (sessionId: string, kind: Resolution['kind']): string =>
  `record.${sessionId}.${kind}`;

const DAY_MS = 86_400_000;
const STEPS = [7, 14, 30];
const ownerOf = { ownerId: z.string().optional(), due: Day.optional() };
const Decided = z.object({ text: LongText, unitName: Name, ownerName: Name.optional(), ...ownerOf });
const Assigned = z.object({ text: LongText, ownerName: Name, ...ownerOf });

/** A decision names its unit, an action its owner; a last day is there when there is one. */
export function RecordForm({ kind, onDone }: { kind: Resolution['kind']; onDone: () => void }) {
  const words = useWords(recordWords);
  const common = useWords(meetingWords);
  const { state, store } = useRoom();
  const units = useId();
  const decision = kind === 'decision';
  const form = useForm({
    key: recordAt(state.sessionId, kind),
    initial: {
      text: '',
      unitName: state.schedule?.hostUnit.name ?? '',
      owner: { id: '', name: '' },
      due: '',
    },
    schema: (decision ? Decided : Assigned) as z.ZodType as z.ZodType<z.infer<typeof Decided>>,
    toInput: ({ text, unitName, owner, due }) => ({
      text,
      ...(decision && { unitName: unitName.trim() }),
      ...((!decision || owner.name.trim() !== '') && { ownerName: owner.name.trim() }),
      ...(owner.id !== '' && { ownerId: owner.id }),
      ...(due !== '' && { due }),
    }),
    submit: async (input) => {
      if (decision) await store.act('session.decide', input);
      else await store.act('session.assign', { ...input, ownerName: input.ownerName ?? '' });
      onDone();
    },
  });
  const { value, set, errorOf } = form;
  const known = [...new Set(Object.values(state.people).map((p) => p.unitName))].filter(Boolean);
  return (
    <form
      className={styles.recordForm}
      aria-label={decision ? words.addDecision : words.addAction}
      onSubmit={form.submit}
      noValidate
    >
      <KeptNote form={form} />
      <Field label={words.matter} required error={errorOf('text')}>
        <TextArea rows={2} autoFocus value={value.text} onChange={(e) => set({ text: e.target.value })} />
      </Field>
      {decision && (
        <Field label={words.unitLabel} required error={errorOf('unitName')}>
          <TextInput
            list={units}
            value={value.unitName}
            onChange={(e) => set({ unitName: e.target.value })}
          />
        </Field>
      )}
      <datalist id={units}>
        {known.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <PersonPick
        required={!decision}
        value={value.owner}
        error={errorOf('ownerName')}
        onChange={(owner) => set({ owner })}
      />
      <DueDay value={value.due} error={errorOf('due')} onChange={(due) => set({ due })} />
      {form.failure && <ErrorNote failure={form.failure} />}
      <Actions>
        <Button
          onClick={() => {
            form.reset();
            onDone();
          }}
        >
          {common.cancel}
        </Button>
        <Button type="submit" kind="li" busy={form.busy}>
          {decision ? words.keepDecision : words.keepAction}
        </Button>
      </Actions>
    </form>
  );
}

/** The last day by the phone's own calendar, or by one press counted from the server's today. */
function DueDay({
  value,
  error,
  onChange,
}: {
  value: string;
  error: string | undefined;
  onChange: (due: string) => void;
}) {
  const words = useWords(recordWords);
  const inDays = (days: number): void => onChange(toInputs(serverNow() + days * DAY_MS).day);
  return (
    <div>
      <Field label={words.dueLabel} optional error={error}>
        <TextInput type="date" value={value} onChange={(e) => onChange(e.target.value)} />
      </Field>
      <div className={styles.dueSteps}>
        {value === '' ? (
          STEPS.map((days) => (
            <Button
              key={days}
              small
              kind="quiet"
              aria-label={words.dueIn(words.inDays(days))}
              onClick={() => inDays(days)}
            >
              {words.inDays(days)}
            </Button>
          ))
        ) : (
          <Button small kind="quiet" onClick={() => onChange('')}>
            {words.noDue}
          </Button>
        )}
      </div>
    </div>
  );
}
