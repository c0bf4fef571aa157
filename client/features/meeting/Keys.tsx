import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../lib/words.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { roomKey, setKeys, useKeysOn } from './keys.ts';
import { keyWords } from './key-words.ts';
import styles from './keys.module.css';
import { COMPOSER } from './places.ts';
import { nextItem, type Room, useRoom } from './room.ts';
import { useTurnMinutes } from './turn-minutes.ts';

type Deed = (room: Room, minutes: number) => void;

/** Capital letters where something happens for everybody: no slip of a finger gives the floor. */
const DEEDS: Readonly<Record<string, Deed>> = {
  c: () => document.getElementById(COMPOSER)?.focus(),
  N: ({ state, store, run, can }, minutes) => {
    const personId = state.hands[0];
    if (personId === undefined || !can('session:steer')) return;
    void run(() => store.act('session.giveFloor', { personId, minutes }));
  },
  I: ({ state, store, run, can }) => {
    const next = nextItem(state);
    if (!next || !can('session:steer') || (state.phase !== 'live' && state.phase !== 'paused')) return;
    void run(() => store.act('session.openItem', { itemId: next.item.id }));
  },
};

/** The keys of a desk, and the sheet that tells them. */
export default function Keys({ asked, onClose }: { asked: boolean; onClose: () => void }) {
  const room = useRoom();
  const on = useKeysOn();
  const [minutes] = useTurnMinutes();
  const [open, setOpen] = useState(false);
  const now = useRef({ room, minutes });
  now.current = { room, minutes };
  useEffect(() => {
    if (!on) return;
    const pressed = (event: KeyboardEvent): void => {
      const key = roomKey(event);
      if (key === '?' || key === '？') setOpen(true);
      else if (key === undefined || !Object.hasOwn(DEEDS, key)) return;
      else DEEDS[key]!(now.current.room, now.current.minutes);
      event.preventDefault();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [on]);
  const close = (): void => {
    setOpen(false);
    onClose();
  };
  return open || asked ? <Sheet onClose={close} /> : null;
}

function Sheet({ onClose }: { onClose: () => void }) {
  const words = useWords(keyWords);
  const { can } = useRoom();
  const on = useKeysOn();
  const steers = can('session:steer');
  const lines: readonly (readonly [string, string])[] = [
    ['C', words.composer],
    ['Enter', words.send],
    ...(steers
      ? ([
          ['Shift + N', words.nextSpeaker],
          ['Shift + I', words.nextItem],
        ] as const)
      : []),
    ['↑ ↓', words.lines],
    ['→ ←', words.tools],
    ...(can('session:record') ? ([['M', words.mark]] as const) : []),
    ['?', words.sheet],
  ];
  return (
    <Dialog open onClose={onClose} title={words.title} note={words.note}>
      <dl className={styles.keys}>
        {lines.map(([key, what]) => (
          <div key={key} className={styles.line}>
            <dt>
              <kbd className={styles.key}>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label className={styles.switch}>
        <input type="checkbox" checked={on} onChange={(event) => setKeys(event.target.checked)} />
        {words.on}
      </label>
    </Dialog>
  );
}
