import type { ItemState } from '../../../shared/log.ts';
import type { SessionSnapshot } from '../../lib/session.ts';
import { useWords } from '../../lib/words.ts';
import { clockText, useLeft } from '../meeting/Countdown.tsx';
import { currentItem } from '../meeting/room.ts';
import styles from './screen.module.css';
import { screenWords } from './words.ts';

export function Foot({ view }: { view: SessionSnapshot }) {
  const words = useWords(screenWords);
  const { state, session, presence, link } = view;
  const current = state.phase === 'ended' ? undefined : currentItem(state);
  return (
    <footer className={styles.foot}>
      {current ? <ItemLeft item={current.item} /> : <span className={styles.grow} />}
      {link === 'down' && <span className={styles.offline}>{words.offline}</span>}
      <span>{words.present(presence.people.length)}</span>
      <span>{words.problems(session?.problems ?? 0)}</span>
    </footer>
  );
}

function ItemLeft({ item }: { item: ItemState }) {
  const words = useWords(screenWords);
  const whole = item.minutes * 60_000;
  const left = useLeft(item.clock, item.minutes * 60);
  const share = Math.min(100, Math.max(0, 100 - (left / whole) * 100));
  return (
    <>
      <span>{left < 0 ? words.overBy(clockText(left)) : words.left(clockText(left))}</span>
      <span className={styles.bar} aria-hidden="true">
        <i style={{ width: `${share}%` }} />
      </span>
    </>
  );
}
