import type { ItemState } from '../../../shared/log.ts';
import { sidesOf, type Theme } from '../../../shared/topic.ts';
import type { SessionSnapshot } from '../../lib/session.ts';
import { useWords } from '../../lib/words.ts';
import { clockText, useLeft } from '../meeting/Countdown.tsx';
import { currentItem } from '../meeting/room.ts';
import styles from './screen.module.css';
import { screenWords } from './words.ts';

/** What it is about, which item runs, and how long it has left. */
export function Head({ view: { state } }: { view: SessionSnapshot }) {
  const runs = state.phase === 'live' || state.phase === 'paused';
  const current = runs ? currentItem(state) : undefined;
  return (
    <header className={styles.head}>
      <Topic topic={state.schedule?.topic ?? { name: '', break: '', build: '' }} />
      {current && (
        <>
          <span className={styles.item}>
            {current.no}　{current.item.title}
          </span>
          <ItemClock item={current.item} />
        </>
      )}
    </header>
  );
}

function Topic({ topic }: { topic: Theme }) {
  const sides = sidesOf(topic);
  if (sides.kind === 'area' || (sides.break === '' && sides.build === ''))
    return <h1 className={styles.topic}>{topic.name}</h1>;
  return (
    <h1 className={styles.topic} lang="zh-CN">
      <span className={styles.po}>破</span> {sides.break}　<span className={styles.build}>立</span>{' '}
      {sides.build}
    </h1>
  );
}

function ItemClock({ item }: { item: ItemState }) {
  const words = useWords(screenWords);
  const left = useLeft(item.clock, item.minutes * 60);
  return (
    <span className={styles.itemClock}>
      {left < 0 ? words.overBy(clockText(left)) : words.left(clockText(left))}
    </span>
  );
}
