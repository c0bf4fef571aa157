import { useWords } from '../../lib/words.ts';
import { classes } from '../../ui/classes.ts';
import { Composer } from './Composer.tsx';
import { type PhoneTab, useRoom } from './room.ts';
import styles from './phone.module.css';
import { meetingWords } from './words.ts';

const TABS: readonly { tab: PhoneTab; path: string }[] = [
  { tab: 'talk', path: 'M4 5h16v11H9l-5 4z' },
  { tab: 'agenda', path: 'M5 6h14M5 12h14M5 18h9' },
  { tab: 'list', path: 'M4 5h16v14H4zM4 10h16M10 5v14' },
  { tab: 'me', path: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM5 20c1-4 4-5 7-5s6 1 7 5' },
];

/** What the thumb needs: the composer with 举手, and the pages. */
export function PhoneBar() {
  const words = useWords(meetingWords);
  const { state, tab, setTab } = useRoom();
  const meeting = state.phase === 'live' || state.phase === 'paused';
  const names = { talk: words.talk, agenda: words.agenda, list: words.list, me: words.me };
  return (
    <footer className={styles.phoneBar}>
      {meeting && tab === 'talk' && <Composer />}
      <nav className={styles.phoneTabs} aria-label={words.pages}>
        {TABS.map(({ tab: each, path }) => (
          <button
            key={each}
            type="button"
            aria-current={each === tab ? 'page' : undefined}
            className={classes(styles.phoneTab, each === tab && styles.phoneTabOn)}
            onClick={() => setTab(each)}
          >
            <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" focusable="false">
              <path d={path} />
            </svg>
            {names[each]}
          </button>
        ))}
      </nav>
    </footer>
  );
}
