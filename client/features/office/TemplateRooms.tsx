import { sidesOf, type Theme } from '../../../shared/topic.ts';
import { useWords } from '../../lib/words.ts';
import styles from './TemplateRooms.module.css';
import { officeWords } from './words.ts';

/** What a template makes, before it is made: each room in one line. */
export function TemplateRooms({ rooms }: { rooms: readonly Theme[] }) {
  const words = useWords(officeWords);
  if (rooms.length === 0) return null;
  return (
    <section className={styles.preview} aria-label={words.preview}>
      <h3>{words.preview}</h3>
      <ol className={styles.rooms}>
        {rooms.map((room, n) => {
          const sides = sidesOf(room);
          return (
            <li key={n}>
              {sides.kind === 'area' ? (
                <>
                  <b>{room.name}</b>
                  <small>
                    <span className={styles.po}>{sides.break}</span> ·{' '}
                    <span className={styles.li}>{sides.build}</span>
                  </small>
                </>
              ) : (
                <b>
                  {sides.break !== '' && (
                    <span>
                      <i className={styles.po}>破</i> {sides.break}
                    </span>
                  )}
                  {sides.build !== '' && (
                    <span>
                      <i className={styles.li}>立</i> {sides.build}
                    </span>
                  )}
                </b>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
