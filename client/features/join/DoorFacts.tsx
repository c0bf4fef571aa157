import type { DoorView } from '../../../shared/contract/session.ts';
import { dateTimeText, spanText } from '../../lib/dates.ts';
import { sidesOf } from '../../../shared/topic.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import styles from './join.module.css';
import { joinWords } from './words.ts';

/** What meeting this is, before one says who one is. */
export function DoorFacts({ door }: { door: DoorView }) {
  const words = useWords(joinWords);
  const language = useLanguage();
  const sides = sidesOf(door.topic);
  const facts = [
    door.phase === 'ended'
      ? dateTimeText(door.startedAt ?? door.plannedAt, language, 0)
      : spanText(door.plannedAt, door.plannedMinutes, language),
    door.moderators.length > 0 && words.moderator(door.moderators.join('、')),
    door.phase !== 'ended' && words.present(door.present),
  ].filter(Boolean);
  return (
    <header className={styles.facts}>
      <span className={styles.meta}>{words.sponsor(door.sponsor, door.title)}</span>
      {sides.kind === 'pair' && (sides.break || sides.build) ? (
        <h1 className={styles.topic} lang="zh-CN">
          <span className={styles.po}>破</span> {sides.break}
          <br />
          <span className={styles.build}>立</span> {sides.build}
        </h1>
      ) : (
        <h1 className={styles.topic}>{door.topic.name}</h1>
      )}
      <span className={styles.meta}>{facts.join(' · ')}</span>
    </header>
  );
}
