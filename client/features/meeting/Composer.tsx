import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { codePoints } from '../../../shared/code-points.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { HandButton } from './HandButton.tsx';
import { Kinds } from './Kinds.tsx';
import { COMPOSER } from './places.ts';
import { useRoom } from './room.ts';
import common from './room.module.css';
import styles from './composer.module.css';
import { HalfWritten } from './UnsentLater.tsx';
import { useComposing } from './use-composing.ts';
import { type Speech, useDraft } from './use-draft.ts';
import { meetingWords } from './words.ts';

const MOST = 5_000;
const NEAR = 4_500;
const BLANK: Speech = { text: '', kind: 'speech' };

/** Where one speaks. On a desk Enter sends and Shift+Enter makes a line; on a phone the button sends. */
export function Composer() {
  const words = useWords(meetingWords);
  const { state, store, can, wide, myId } = useRoom();
  const [draft, kept] = useDraft(myId, state.sessionId);
  const { text, kind } = draft ?? BLANK;
  const write = (next: Speech): void =>
    kept.write(next.text === '' && next.kind === 'speech' ? undefined : next);
  const [active, setActive] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const input = useComposing();
  useGrowing(box, text);
  if (!can('session:speak'))
    return (
      <div className={styles.listenOnly}>
        <p>{words.listenOnly}</p>
        <HalfWritten personId={myId} sessionId={state.sessionId} why="mayNot" />
      </div>
    );

  // Counted after the input method has finished: half-typed pinyin is longer than the word it becomes.
  const length = input.composing ? 0 : codePoints(text);
  const live = state.phase === 'live';
  const sendable = live && text.trim() !== '' && length <= MOST;
  const send = (): void => {
    if (!sendable || input.composing) return;
    store.say(kind, text);
    kept.done();
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!wide || event.key !== 'Enter' || event.shiftKey || input.owns(event)) return;
    event.preventDefault();
    send();
  };
  const wordsHere = wide ? words.sayHere : words.sayHereBrief;
  const wordsPaused = wide ? words.pausedHere : words.pausedBrief;
  const placeholder = live ? wordsHere : wordsPaused;
  const open = wide || active || text !== '';
  // A phone's row has room for the words and 发送.
  const handAbove = !wide && text !== '';
  return (
    <form
      className={styles.compose}
      aria-label={words.composer}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      // Not at 举手: what stands under a finger must not move while it is pressed.
      onFocus={(event) => setActive((was) => was || !(event.target instanceof HTMLButtonElement))}
      onBlur={(event) => setActive(event.currentTarget.contains(event.relatedTarget))}
    >
      {open && (
        <div className={common.row}>
          <Kinds value={kind} onChange={(next) => write({ text, kind: next })} />
          <span className={common.grow} />
          <span className={styles.named}>{words.named}</span>
          {handAbove && <HandButton />}
        </div>
      )}
      <div className={styles.inputRow}>
        <textarea
          ref={box}
          id={COMPOSER}
          className={styles.box}
          rows={1}
          value={text}
          placeholder={placeholder}
          aria-label={words.composer}
          aria-invalid={length > MOST || undefined}
          enterKeyHint={wide ? 'send' : 'enter'}
          onChange={(event) => write({ text: event.target.value, kind })}
          onKeyDown={onKeyDown}
          {...input.handlers}
        />
        {!handAbove && <HandButton />}
        {open && (
          <Button type="submit" kind="primary" disabled={!sendable}>
            {words.send}
          </Button>
        )}
      </div>
      {open && <p className={styles.named}>{wide ? words.goes : words.goesBrief}</p>}
      {length > NEAR && (
        <p className={classes(styles.count, length > MOST && styles.tooLong)} role="status">
          {length > MOST ? words.tooLong(length - MOST) : words.left(MOST - length)}
        </p>
      )}
    </form>
  );
}

/** The box is as high as its words, up to the limit that the style sheet sets. */
function useGrowing(box: { current: HTMLTextAreaElement | null }, text: string): void {
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [box, text]);
}
