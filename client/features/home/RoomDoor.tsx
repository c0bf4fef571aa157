import { useState } from 'react';
import type { Room } from '../../../shared/contract/rooms.ts';
import type { SessionOverview } from '../../../shared/contract/session.ts';
import { PHASE_LABEL } from '../../../shared/labels.ts';
import { serverNow } from '../../lib/clock.ts';
import { nearText } from '../../lib/dates.ts';
import { sidesOf } from '../../../shared/topic.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Tag } from '../../ui/Tag.tsx';
import styles from './RoomDoor.module.css';
import { RoomDialog } from './RoomDialog.tsx';
import { homeWords } from './words.ts';

/** The two halves of a door: 破 and 立 as signs, or the two columns of a work area under its name. */
function Pair({ room }: { room: Room }) {
  const sides = sidesOf(room);
  const half = (tone: string | undefined, sign: string, text: string) =>
    text !== '' && (
      <span className={tone}>
        {sides.kind === 'pair' && <em lang="zh-CN">{sign}</em>}
        <b>{text}</b>
      </span>
    );
  return (
    <>
      {sides.kind === 'area' && <span className={styles.area}>{room.name}</span>}
      <span className={sides.kind === 'area' ? `${styles.pair} ${styles.lanes}` : styles.pair}>
        {half(styles.po, '破', sides.break)}
        {half(styles.li, '立', sides.build)}
      </span>
    </>
  );
}

/** A room as a door: what it is about, the question that opens the talk, and what is going on inside. */
export function RoomDoor({
  room,
  figures,
  creates,
}: {
  room: Room;
  /** Undefined while no meeting was called in it. */
  figures: SessionOverview['rooms'][number] | undefined;
  creates: boolean;
}) {
  const words = useWords(homeWords);
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  const ask = room.prompts[0]?.[language] || room.prompts[0]?.zh;
  return (
    <>
      <button type="button" className={styles.door} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Pair room={room} />
        <span className={styles.ask}>{ask}</span>
        <span className={styles.foot}>
          {figures?.live && (
            <Tag tone="po" live>
              {PHASE_LABEL.live[language]}
            </Tag>
          )}
          {figures?.next && <span>{nearText(figures.next, language, serverNow())}</span>}
          {!figures && <span>{words.noSession}</span>}
          {figures && (
            <>
              <span>{words.meetings(figures.sessions)}</span>
              <span>{words.problems(figures.problems)}</span>
            </>
          )}
        </span>
      </button>
      <RoomDialog room={room} creates={creates} open={open} onClose={() => setOpen(false)} />
    </>
  );
}
