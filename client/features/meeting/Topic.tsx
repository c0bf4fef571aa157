import { sidesOf } from '../../lib/topic.ts';
import styles from './room.module.css';

/** The pair of the room, 破 in vermilion and 立 in green; a work area shows its name. */
export function Topic({ topic }: { topic: { name: string; break: string; build: string } }) {
  const sides = sidesOf(topic);
  if (sides.kind === 'area' || (sides.break === '' && sides.build === ''))
    return <span className={styles.topic}>{topic.name}</span>;
  return (
    <span className={styles.topic} lang="zh-CN">
      <span className={styles.po}>破</span> {sides.break} <span className={styles.build}>立</span>{' '}
      {sides.build}
    </span>
  );
}
