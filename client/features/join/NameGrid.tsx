import { useWords } from '../../lib/words.ts';
import { classes } from '../../ui/classes.ts';
import styles from './join.module.css';
import { joinWords } from './words.ts';

interface Listed {
  personId: string;
  name: string;
}

/** The names of a unit as targets for a thumb; one of them can be chosen. */
export function NameGrid({
  people,
  chosen,
  onChoose,
  onUnlisted,
  empty,
}: {
  people: readonly Listed[];
  chosen: string;
  onChoose: (person: Listed) => void;
  onUnlisted: () => void;
  empty: boolean;
}) {
  const words = useWords(joinWords);
  return (
    <fieldset className={styles.names}>
      <legend>{words.youAre}</legend>
      {empty && <p className={styles.noMatch}>{words.noMatch}</p>}
      {people.map((person) => (
        <label
          key={person.personId}
          className={classes(styles.name, person.personId === chosen && styles.chosen)}
        >
          <input
            type="radio"
            name="person"
            value={person.personId}
            checked={person.personId === chosen}
            onChange={() => onChoose(person)}
          />
          {person.name}
        </label>
      ))}
      <button type="button" className={classes(styles.name, styles.unlisted)} onClick={onUnlisted}>
        {words.unlisted}
      </button>
    </fieldset>
  );
}
