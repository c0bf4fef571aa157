import { useState } from 'react';
import type { DoorView } from '../../../shared/contract/session.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, TextInput } from '../../ui/Field.tsx';
import styles from './join.module.css';
import { NameGrid } from './NameGrid.tsx';
import { UnitChoice } from './UnitChoice.tsx';
import { joinWords } from './words.ts';

/** `personId` of the roster, or '' with a typed name and unit. */
export interface Who {
  personId: string;
  name: string;
  unitName: string;
}
export const NOBODY: Who = { personId: '', name: '', unitName: '' };
export const whoIsComplete = (who: Who): boolean => who.personId !== '' || who.name.trim() !== '';

const MANY = 24;

/** 单位 and 姓名 from the roster; who is not on it types them. A choice of one unit is no question. */
export function WhoPicker({
  units,
  rosterOnly,
  value,
  onChange,
}: {
  units: DoorView['units'];
  rosterOnly: boolean;
  value: Who;
  onChange: (who: Who) => void;
}) {
  const words = useWords(joinWords);
  const [unitId, setUnitId] = useState(units.length === 1 ? units[0]!.unitId : '');
  const [typing, setTyping] = useState(units.every((unit) => unit.people.length === 0));
  const [sought, setSought] = useState('');
  const unit = units.find((each) => each.unitId === unitId);
  const people = unit?.people ?? [];
  if (typing)
    return <Typed {...{ rosterOnly, value, onChange }} onBack={units.length > 0 ? back : undefined} />;

  function back(): void {
    setTyping(false);
    onChange(NOBODY);
  }
  const key = sought.replace(/\s/g, '');
  const shown = key === '' ? people : people.filter((person) => person.name.includes(key));
  return (
    <>
      {units.length > 1 && (
        <UnitChoice
          units={units}
          value={unitId}
          onChange={(chosen) => {
            setUnitId(chosen);
            setSought('');
            onChange(NOBODY);
          }}
        />
      )}
      {people.length > MANY && (
        <Field label={words.search}>
          <TextInput type="search" value={sought} onChange={(event) => setSought(event.target.value)} />
        </Field>
      )}
      {(unit || units.length === 0) && (
        <NameGrid
          people={shown}
          chosen={value.personId}
          onChoose={(person) => onChange({ ...person, unitName: '' })}
          onUnlisted={() => {
            setTyping(true);
            onChange({ ...NOBODY, name: sought.trim(), unitName: unit?.name ?? '' });
          }}
          empty={key !== '' && shown.length === 0}
        />
      )}
    </>
  );
}

function Typed({
  rosterOnly,
  value,
  onChange,
  onBack,
}: {
  rosterOnly: boolean;
  value: Who;
  onChange: (who: Who) => void;
  onBack: (() => void) | undefined;
}) {
  const words = useWords(joinWords);
  return (
    <>
      {rosterOnly && <p className={styles.meta}>{words.rosterOnly}</p>}
      <Field label={words.name}>
        <TextInput
          className={styles.tall}
          autoFocus
          autoComplete="name"
          value={value.name}
          onChange={(event) => onChange({ ...value, personId: '', name: event.target.value })}
        />
      </Field>
      <Field label={words.unitTyped}>
        <TextInput
          className={styles.tall}
          autoComplete="organization"
          value={value.unitName}
          onChange={(event) => onChange({ ...value, personId: '', unitName: event.target.value })}
        />
      </Field>
      {onBack && (
        <Button kind="quiet" onClick={onBack}>
          {words.listed}
        </Button>
      )}
    </>
  );
}
