import { useState } from 'react';
import { useLocation } from 'wouter';
import { useAct } from '../../lib/query.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Actions, Dialog } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useRoom } from './room.ts';
import styles from './dialogs.module.css';
import { meetingWords } from './words.ts';

/** Ends the meeting; what becomes of each unfinished item is said before. */
export function EndDialog({ onClose }: { onClose: () => void }) {
  const words = useWords(meetingWords);
  const { state, store } = useRoom();
  const [, navigate] = useLocation();
  const { busy, failure, run } = useAct();
  const open = state.items.filter((item) => item.status !== 'done');
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());
  const end = async (): Promise<void> => {
    const carryOver = open.filter((item) => !done.has(item.id)).map((item) => item.id);
    if (await run(() => store.act('session.end', { carryOver }))) navigate(`/s/${state.sessionId}/minutes`);
  };
  const choose = (itemId: string, isDone: boolean): void => {
    const next = new Set(done);
    if (isDone) next.add(itemId);
    else next.delete(itemId);
    setDone(next);
  };
  return (
    <Dialog open onClose={onClose} title={words.endTitle} note={words.endNote} size="narrow">
      {open.length > 0 && (
        <ul className={styles.openItems} aria-label={words.unfinished}>
          {open.map((item) => (
            <li key={item.id}>
              <fieldset className={styles.openItem}>
                <legend>{item.title}</legend>
                <label>
                  <input
                    type="radio"
                    name={item.id}
                    checked={!done.has(item.id)}
                    onChange={() => choose(item.id, false)}
                  />
                  {words.carryOver}
                </label>
                <label>
                  <input
                    type="radio"
                    name={item.id}
                    checked={done.has(item.id)}
                    onChange={() => choose(item.id, true)}
                  />
                  {words.markDone}
                </label>
              </fieldset>
            </li>
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
