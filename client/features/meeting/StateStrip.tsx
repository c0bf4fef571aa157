import { PHASE_LABEL } from '../../../shared/labels.ts';
import { spent } from '../../../shared/reduce.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Tag, type Tone } from '../../ui/Tag.tsx';
import { WideOnly } from '../../ui/TopBar.tsx';
import { Countdown } from './Countdown.tsx';
import { currentItem, nextItem, useRoom } from './room.ts';
import common from './room.module.css';
import styles from './strips.module.css';
import { useNow } from './use-now.ts';
import { meetingWords } from './words.ts';

const TONE = { draft: 'plain', live: 'po', paused: 'warn', ended: 'plain' } as const satisfies Record<
  string,
  Tone
>;

/** What state the meeting is in, the current item and its clock; for the moderator the way on. */
export function StateStrip() {
  const words = useWords(meetingWords);
  const language = useLanguage();
  const { state, can, wide } = useRoom();
  const current = currentItem(state);
  return (
    <div className={styles.strip}>
      <Tag tone={TONE[state.phase]} live={state.phase === 'live'}>
        {PHASE_LABEL[state.phase][language]}
      </Tag>
      <b className={common.cut}>
        {current ? `${current.no}. ${current.item.title}` : (state.schedule?.title ?? '')}
      </b>
      <span className={common.grow} />
      {current && state.phase !== 'ended' && (
        <>
          <Countdown clock={current.item.clock} seconds={current.item.minutes * 60} brief={!wide} />
          <WideOnly>
            <span className={common.meta}>{words.ofMinutes(current.item.minutes)}</span>
            <ItemBar />
          </WideOnly>
        </>
      )}
      {wide && can('session:steer') && <Steering />}
    </div>
  );
}

function ItemBar() {
  const current = currentItem(useRoom().state);
  const now = useNow(current?.item.clock.since !== undefined);
  if (!current) return null;
  const share = Math.min(100, spent(current.item.clock, now) / (current.item.minutes * 600));
  return (
    <span className={styles.bar} aria-hidden="true">
      <i style={{ width: `${share}%` }} />
    </span>
  );
}

/** 开始, 暂停, 继续, 下一项. The state's one way on is the filled one. */
export function Steering() {
  const words = useWords(meetingWords);
  const { state, store, run } = useRoom();
  const next = nextItem(state);
  const { phase } = state;
  if (phase === 'ended') return null;
  if (phase === 'draft')
    return (
      <Button small kind="primary" onClick={() => void run(() => store.act('session.start', {}))}>
        {words.start}
      </Button>
    );
  return (
    <>
      {phase === 'live' ? (
        <Button small onClick={() => void run(() => store.act('session.pause', {}))}>
          {words.pause}
        </Button>
      ) : (
        <Button small kind="li" onClick={() => void run(() => store.act('session.resume', {}))}>
          {words.resume}
        </Button>
      )}
      {next && (
        <Button
          small
          title={`${next.no}. ${next.item.title}`}
          onClick={() => void run(() => store.act('session.openItem', { itemId: next.item.id }))}
        >
          {words.nextItem}
        </Button>
      )}
    </>
  );
}
