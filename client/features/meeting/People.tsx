import type { PersonState } from '../../../shared/log.ts';
import { ROLE_LABEL } from '../../../shared/labels.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Face } from '../../ui/Face.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { awaited, inside, useRoom } from './room.ts';
import styles from './room.module.css';
import { meetingWords } from './words.ts';

/** Who is here, and who is still waited for. */
export function People() {
  const words = useWords(meetingWords);
  const { state, view, can, openDialog } = useRoom();
  const people = Object.values(state.people);
  const online = new Map(view.presence.people.map((p) => [p.personId, p]));
  const here = people.filter((p) => inside(p) || online.has(p.personId));
  const missing = people.filter((p) => awaited(p) && !online.has(p.personId));
  return (
    <section aria-label={words.people}>
      <h2 className={styles.railHead}>
        {words.people} · <span className={styles.num}>{online.size}</span>
        {can('session:attendance') && (
          <Button
            small
            kind="quiet"
            className={styles.headTool ?? ''}
            onClick={() => openDialog('attendance')}
          >
            {words.attendance}
          </Button>
        )}
      </h2>
      <ul className={styles.people}>
        {here.map((person) => (
          <Present key={person.personId} person={person} seen={online.get(person.personId)} />
        ))}
      </ul>
      {missing.length > 0 && (
        <>
          <h3 className={styles.railHead}>
            {words.missing} · <span className={styles.num}>{missing.length}</span>
          </h3>
          <p className={styles.quiet}>{missing.map((p) => p.name).join('、')}</p>
        </>
      )}
    </section>
  );
}

function Present({
  person,
  seen,
}: {
  person: PersonState;
  seen: { devices: number; away: boolean } | undefined;
}) {
  const words = useWords(meetingWords);
  const language = useLanguage();
  const staff = person.capacity && person.capacity !== 'participant';
  const gone = person.attendance === 'leave';
  return (
    <li className={styles.person}>
      <Face name={person.name} id={person.personId} size={24} />
      <span className={styles.name}>{person.name}</span>
      {staff && person.capacity && <Tag>{ROLE_LABEL[person.capacity][language]}</Tag>}
      {gone && <Tag tone="warn">{words.onLeave}</Tag>}
      {seen === undefined && <span className={styles.meta}>{words.cut}</span>}
      {seen?.away && <span className={styles.meta}>{words.away}</span>}
      {seen && seen.devices > 1 && <span className={styles.meta}>{words.devices(seen.devices)}</span>}
    </li>
  );
}
