import { useState } from 'react';
import type { RosterPerson, Unit } from '../../../shared/contract/campaigns.ts';
import { useShown } from '../../lib/shown.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, Select, TextInput, Tick } from '../../ui/Field.tsx';
import { More } from '../../ui/More.tsx';
import styles from './ExpectedPicker.module.css';
import { expectedPeople, findPeople, levelsOf } from './expected.ts';
import { sessionWords } from './words.ts';

interface PickerProps {
  units: readonly Unit[];
  roster: readonly RosterPerson[];
  chosenUnits: readonly string[];
  chosenPeople: readonly string[];
  onUnits: (units: string[]) => void;
  onPeople: (people: string[]) => void;
}

const toggled = (list: readonly string[], id: string, on: boolean) =>
  on ? [...list, id] : list.filter((other) => other !== id);

function People({ roster, chosenUnits, chosenPeople, onPeople }: PickerProps) {
  const words = useWords(sessionWords);
  const [search, setSearch] = useState('');
  const [level, setLevel] = useState('');
  const levels = levelsOf(roster);
  const found = findPeople(roster, search, level);
  const { shown, more } = useShown(found, 300);
  const free = found.filter((person) => !chosenUnits.includes(person.unitId));
  const chooseShown = () =>
    onPeople([...new Set([...chosenPeople, ...free.map((person) => person.personId)])]);
  return (
    <div className={styles.people}>
      <div className={styles.search}>
        <Field quiet label={words.findPerson}>
          <TextInput
            type="search"
            placeholder={words.findPerson}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </Field>
        {levels.length > 0 && (
          <Field quiet label={words.level}>
            <Select value={level} onChange={(event) => setLevel(event.target.value)}>
              <option value="">{words.allLevels}</option>
              {levels.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </Select>
          </Field>
        )}
      </div>
      <div className={styles.names}>
        {found.length === 0 && <small>{words.nobody}</small>}
        {shown.map((person) => {
          const byUnit = chosenUnits.includes(person.unitId);
          return (
            <Tick
              key={person.personId}
              checked={byUnit || chosenPeople.includes(person.personId)}
              disabled={byUnit}
              onChange={(event) => onPeople(toggled(chosenPeople, person.personId, event.target.checked))}
            >
              {person.name} <small>{byUnit ? words.inUnit : person.unitName}</small>
            </Tick>
          );
        })}
      </div>
      <More onMore={more} />
      <div className={styles.tools}>
        <Button small disabled={free.length === 0} onClick={chooseShown}>
          {words.selectShown(free.length)}
        </Button>
        <Button small kind="quiet" disabled={chosenPeople.length === 0} onClick={() => onPeople([])}>
          {words.clearPeople}
        </Button>
      </div>
    </div>
  );
}

/** Who is expected: whole units, and people found by name or level. */
export function ExpectedPicker(props: PickerProps) {
  const { units, roster, chosenUnits, chosenPeople, onUnits } = props;
  const words = useWords(sessionWords);
  const count = expectedPeople(roster, { units: chosenUnits, people: chosenPeople }).length;
  return (
    <div className={styles.picker}>
      <p className={styles.count} role="status">
        {words.expectedCount(count)}
      </p>
      <small>{words.expectedHint}</small>
      <fieldset className={styles.group}>
        <legend>{words.wholeUnits}</legend>
        <div className={styles.units}>
          {units.map((unit) => (
            <Tick
              key={unit.unitId}
              checked={chosenUnits.includes(unit.unitId)}
              onChange={(event) => onUnits(toggled(chosenUnits, unit.unitId, event.target.checked))}
            >
              {unit.name} <small>{words.people(unit.people)}</small>
            </Tick>
          ))}
        </div>
      </fieldset>
      {roster.length === 0 ? (
        <small>{words.noRoster}</small>
      ) : (
        <fieldset className={styles.group}>
          <legend>{words.byPerson}</legend>
          <People {...props} />
        </fieldset>
      )}
    </div>
  );
}
