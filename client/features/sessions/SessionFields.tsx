import type { RosterPerson, Unit } from '../../../shared/contract/campaigns.ts';
import { useWords } from '../../lib/words.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Field, Select, TextInput } from '../../ui/Field.tsx';
import { AgendaEditor } from './AgendaEditor.tsx';
import { CarriedItems } from './CarriedItems.tsx';
import { ExpectedPicker } from './ExpectedPicker.tsx';
import type { SessionDraft } from './session-form.ts';
import styles from './SessionFields.module.css';
import { sessionWords } from './words.ts';

interface FieldsProps {
  campaignId: string;
  /** Of a meeting that exists. */
  sessionId?: string;
  units: readonly Unit[];
  roster: readonly RosterPerson[];
  value: SessionDraft;
  set: (change: Partial<SessionDraft>) => void;
  errorOf: (path: string) => string | undefined;
}

function When({ value, set, errorOf }: FieldsProps) {
  const words = useWords(sessionWords);
  return (
    <div className={styles.when}>
      <Field label={words.date} error={errorOf('plannedAt')}>
        <TextInput type="date" value={value.day} onChange={(event) => set({ day: event.target.value })} />
      </Field>
      <Field label={words.time}>
        <TextInput type="time" value={value.time} onChange={(event) => set({ time: event.target.value })} />
      </Field>
      <Field label={words.minutesPlanned} error={errorOf('plannedMinutes')}>
        <TextInput
          inputMode="numeric"
          value={value.plannedMinutes}
          onChange={(event) => set({ plannedMinutes: event.target.value })}
        />
      </Field>
    </div>
  );
}

function Host({ campaignId, units, value, set, errorOf }: FieldsProps) {
  const words = useWords(sessionWords);
  return (
    <div className={styles.two}>
      <Field
        label={words.unit}
        hint={units.length === 0 ? words.unitMissing : words.unitHint}
        error={errorOf('unitId')}
      >
        <Select value={value.unitId} onChange={(event) => set({ unitId: event.target.value })}>
          <option value="" disabled>
            {words.chooseUnit}
          </option>
          {units.map((unit) => (
            <option key={unit.unitId} value={unit.unitId}>
              {unit.name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={words.place} optional hint={words.placeHint} error={errorOf('place')}>
        <TextInput value={value.place} onChange={(event) => set({ place: event.target.value })} />
      </Field>
      {units.length === 0 && (
        <LinkButton href={`/c/${campaignId}/settings/units`} small>
          {words.addUnits}
        </LinkButton>
      )}
    </div>
  );
}

/** What creating and editing a session have in common: time and place, agenda, who is expected. */
export function SessionFields(props: FieldsProps) {
  const { campaignId, sessionId, units, roster, value, set, errorOf } = props;
  const words = useWords(sessionWords);
  return (
    <>
      <Card pad className={styles.part} aria-label={words.basics}>
        <Field label={words.title} error={errorOf('title')}>
          <TextInput value={value.title} onChange={(event) => set({ title: event.target.value })} />
        </Field>
        <When {...props} />
        <Host {...props} />
      </Card>
      <Card pad className={styles.part} aria-label={words.agenda}>
        <h2>{words.agenda}</h2>
        <AgendaEditor
          items={value.agenda}
          planned={value.plannedMinutes}
          onChange={(agenda) => set({ agenda })}
          errorOf={errorOf}
        />
        <CarriedItems
          campaignId={campaignId}
          unitId={value.unitId}
          sessionId={sessionId}
          items={value.agenda}
          onChange={(agenda) => set({ agenda })}
        />
      </Card>
      <Card pad className={styles.part} aria-label={words.expected}>
        <h2>{words.expected}</h2>
        <ExpectedPicker
          units={units}
          roster={roster}
          chosenUnits={value.expectedUnits}
          chosenPeople={value.expectedPeople}
          onUnits={(expectedUnits) => set({ expectedUnits })}
          onPeople={(expectedPeople) => set({ expectedPeople })}
        />
      </Card>
    </>
  );
}
