import type { DoorView } from '../../../shared/contract/session.ts';
import { useWords } from '../../lib/words.ts';
import { classes } from '../../ui/classes.ts';
import { Field, Select } from '../../ui/Field.tsx';
import styles from './join.module.css';
import { joinWords } from './words.ts';

const FEW = 6;

/** One's unit: a few stand open, one tap away; many are a list. */
export function UnitChoice({
  units,
  value,
  onChange,
}: {
  units: DoorView['units'];
  value: string;
  onChange: (unitId: string) => void;
}) {
  const words = useWords(joinWords);
  if (units.length <= FEW)
    return (
      <fieldset className={classes(styles.names, styles.units)}>
        <legend>{words.unit}</legend>
        {units.map(({ unitId, name }) => (
          <label key={unitId} className={classes(styles.name, unitId === value && styles.chosen)}>
            <input
              type="radio"
              name="unit"
              value={unitId}
              checked={unitId === value}
              onChange={() => onChange(unitId)}
            />
            {name}
          </label>
        ))}
      </fieldset>
    );
  return (
    <Field label={words.unit}>
      <Select className={styles.tall} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="" disabled>
          {words.chooseUnit}
        </option>
        {units.map(({ unitId, name }) => (
          <option key={unitId} value={unitId}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}
