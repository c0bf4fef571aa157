import { sidesOf, type Theme } from '../../../shared/topic.ts';
import styles from './header.module.css';

/** The pair of the room, 破 in vermilion and 立 in green, in one line or `stacked`; a work area shows its name. */
export function Topic({ topic, stacked }: { topic: Theme; stacked?: boolean }) {
  const sides = sidesOf(topic);
  if (sides.kind === 'area' || (sides.break === '' && sides.build === ''))
    return <span className={styles.topic}>{topic.name}</span>;
  const side = stacked ? styles.side : undefined;
  return (
    <span className={styles.topic} lang="zh-CN">
      <span className={side}>
        <span className={styles.po}>破</span> {sides.break}{' '}
      </span>
      <span className={side}>
        <span className={styles.build}>立</span> {sides.build}
      </span>
    </span>
  );
}
