import { useState } from 'react';
import { useLocation } from 'wouter';
import type { ItemState } from '../../../shared/log.ts';
import { useAct } from '../../lib/query.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Actions, Dialog } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useRoom } from './room.ts';
import styles from './dialogs.module.css';
import { meetingWords } from './words.ts';

/** Ends the meeting; what becomes of each item that is not finished is said before. */
export function EndDialog({ onClose }: { onClose: () => void }) {
  const words = useWords(meetingWords);
  const { state, store } = useRoom();
  const [, navigate] = useLocation();
  const { busy, failure, run } = useAct();
  const open = state.items.filter((item) => item.status !== 'done');
  const [carried, setCarried] = useState<ReadonlySet<string>>(new Set());
  const end = async (): Promise<void> => {
    const carryOver = open.filter((item) => carried.has(item.id)).map((item) => item.id);
    if (await run(() => store.act('session.end', { carryOver }))) navigate(`/s/${state.sessionId}/minutes`);
  };
  const choose = (itemId: string, on: boolean): void => {
    const next = new Set(carried);
    if (on) next.add(itemId);
    else next.delete(itemId);
    setCarried(next);
  };
  const done = state.items.length - open.length;
  return (
    <Dialog open onClose={onClose} title={words.endTitle} note={words.endNote} size="narrow">
      {done > 0 && <p className={styles.doneItems}>{words.doneItems(done)}</p>}
      {open.length > 0 && (
        <ul className={styles.openItems} aria-label={words.unfinished}>
          {open.map((item) => (
            <Unfinished
              key={item.id}
              item={item}
              carried={carried.has(item.id)}
              onCarry={(on) => choose(item.id, on)}
            />
          ))}
        </ul>
      )}
      {failure && <ErrorNote failure={failure} />}
      <Actions>
        <Button onClick={onClose}>{words.cancel}</Button>
        <Button kind="primary" busy={busy} onClick={() => void end()}>
          {words.endConfirm}
        </Button>
      </Actions>
    </Dialog>
  );
}

interface UnfinishedProps {
  item: ItemState;
  carried: boolean;
  onCarry: (on: boolean) => void;
}

/** An item that is being talked about ends with the meeting; one that nobody has opened was not held. Either may go on next time. */
function Unfinished({ item, carried, onCarry }: UnfinishedProps) {
  const words = useWords(meetingWords);
  const choice = (label: string, on: boolean) => (
    <label>
      <input type="radio" name={item.id} checked={carried === on} onChange={() => onCarry(on)} />
      {label}
    </label>
  );
  return (
    <li>
      <fieldset className={styles.openItem}>
        <legend>{item.title}</legend>
        {choice(item.openedSeq === undefined ? words.notHeld : words.finish, false)}
        {choice(words.carryOver, true)}
      </fieldset>
    </li>
  );
}
