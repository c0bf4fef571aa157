import type { ItemState } from '../../../shared/log.ts';
import { spent } from '../../../shared/reduce.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { classes } from '../../ui/classes.ts';
import { useRoom } from './room.ts';
import common from './room.module.css';
import styles from './agenda.module.css';
import { LINE, roving } from './use-roving.ts';
import { meetingWords } from './words.ts';

/** The items with their minutes; the moderator may open any of them. */
export function Agenda() {
  const words = useWords(meetingWords);
  const { state } = useRoom();
  const total = state.items.reduce((sum, item) => sum + item.minutes, 0);
  return (
    <section aria-label={words.agenda}>
      <h2 className={common.railHead}>
        {words.agenda} · {words.minutes(total)}
      </h2>
      <ol className={styles.agenda} aria-label={words.agenda} {...roving()}>
        {state.items.map((item, at) => (
          <Item key={item.id} item={item} no={at + 1} />
        ))}
      </ol>
    </section>
  );
}

function Item({ item, no }: { item: ItemState; no: number }) {
  const words = useWords(meetingWords);
  const { state, store, run, can } = useRoom();
  const meeting = state.phase === 'live' || state.phase === 'paused';
  const steer = can('session:steer') && meeting;
  const used = Math.round(spent(item.clock, 0) / 60_000);
  return (
    <li
      {...LINE}
      className={classes(
        styles.item,
        item.status === 'open' && styles.on,
        item.status === 'done' && styles.done,
      )}
      aria-current={item.status === 'open' ? 'step' : undefined}
    >
      <span className={common.num}>{no}</span>
      <span className={styles.itemTitle}>
        {item.title} {state.phase === 'ended' && <Left item={item} />}
      </span>
      <span
        className={common.num}
        title={item.status === 'done' ? words.used(used) : words.minutes(item.minutes)}
      >
        {item.minutes}
      </span>
      {steer && item.status !== 'open' && (
        <Button
          small
          kind="quiet"
          tabIndex={-1}
          className={styles.itemTool ?? ''}
          aria-label={words.openItem(item.title)}
          onClick={() => void run(() => store.act('session.openItem', { itemId: item.id }))}
        >
          {item.status === 'done' ? words.reopen : words.open}
        </Button>
      )}
      {steer && item.status === 'open' && (
        <Button
          small
          kind="quiet"
          tabIndex={-1}
          className={styles.itemTool ?? ''}
          aria-label={words.closeItem(item.title)}
          onClick={() => void run(() => store.act('session.closeItem', { itemId: item.id }))}
        >
          {words.finish}
        </Button>
      )}
    </li>
  );
}

/** What the end has left of an item that is not done. */
function Left({ item }: { item: ItemState }) {
  const words = useWords(meetingWords);
  if (item.carried) return <Tag tone="warn">{words.carryOver}</Tag>;
  return item.status === 'waiting' ? <Tag>{words.notHeld}</Tag> : null;
}
