import type { PersonState } from '../../../shared/log.ts';
import { useWords } from '../../lib/words.ts';
import { Field, Select, TextInput } from '../../ui/Field.tsx';
import { recordWords } from './record-words.ts';
import { useRoom } from './room.ts';
import styles from './records.module.css';

/** Who answers for something; `id` is '' for somebody from outside, and OTHER before a name is given. */
export interface Owner {
  id: string;
  name: string;
  outside?: boolean;
}

const OTHER = 'other';

/** The people of the meeting by their units, and anybody else by name. */
export function PersonPick({
  value,
  required,
  error,
  onChange,
}: {
  value: Owner;
  required: boolean;
  error: string | undefined;
  onChange: (owner: Owner) => void;
}) {
  const words = useWords(recordWords);
  const people = useRoom().state.people;
  const units = new Map<string, PersonState[]>();
  for (const person of Object.values(people))
    units.set(person.unitName, [...(units.get(person.unitName) ?? []), person]);
  const choose = (id: string): void => {
    if (id === OTHER) onChange({ id: '', name: '', outside: true });
    else onChange({ id, name: people[id]?.name ?? '' });
  };
  return (
    <div className={styles.recordRow}>
      <Field
        label={words.ownerLabel}
        {...(required ? { required } : { optional: true })}
        error={value.outside ? undefined : error}
      >
        <Select value={value.outside ? OTHER : value.id} onChange={(event) => choose(event.target.value)}>
          <option value="">{words.choose}</option>
          {[...units].map(([unit, members]) => (
            <optgroup key={unit} label={unit || words.noUnit}>
              {members.map((person) => (
                <option key={person.personId} value={person.personId}>
                  {person.name}
                </option>
              ))}
            </optgroup>
          ))}
          <option value={OTHER}>{words.otherPerson}</option>
        </Select>
      </Field>
      {value.outside && (
        <Field label={words.otherName} required error={error}>
          <TextInput
            autoFocus
            value={value.name}
            onChange={(event) => onChange({ id: '', name: event.target.value, outside: true })}
          />
        </Field>
      )}
    </div>
  );
}
