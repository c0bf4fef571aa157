import { useEffect, useState } from 'react';
import type { DocStatusKind } from '../../lib/doc/doc-status.ts';
import { askToStay } from '../../lib/stay.ts';
import { useWords } from '../../lib/words.ts';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/Icon.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import styles from './board.module.css';
import type { Live } from './use-live.ts';
import { boardWords } from './words.ts';

/** So long nothing is typed when one pauses, in ms. */
const PAUSE = 700;
/** How long 已保存 is said after a change, in ms. */
const SAID = 6_000;

/**
 * 已保存 / 正在保存 / 未保存: what the server's disk has of one's own work. Said in words when something changes or is
 * wrong; while nothing does, a tick is enough.
 */
export function SaveMark({ live }: { live: Live | undefined }) {
  const words = useWords(boardWords);
  const kind = useUnhurried(live?.status.kind ?? 'connecting');
  const waiting = live?.status.waiting ?? 0;
  useEffect(() => {
    if (waiting === 0) return;
    addEventListener('beforeunload', askToStay);
    return () => removeEventListener('beforeunload', askToStay);
  }, [waiting]);
  const calm = useCalm(kind, waiting > 0);
  if (live?.readOnly && waiting === 0) return <span className={styles.mark}>{words.readOnly}</span>;
  const word = kind === 'denied' || (kind === 'offline' && waiting > 0) ? words.unsaved : words[kind];
  const bad = kind === 'denied' || kind === 'unsaved' || (kind === 'offline' && waiting > 0);
  const looks = classes(styles.mark, kind === 'saved' && styles.saved, bad && styles.unsaved);
  return (
    <span className={looks} title={word} role="status" aria-live="polite" data-state={bad ? 'unsaved' : kind}>
      {kind === 'saved' && <Icon name="check" size={16} />}
      {bad && <Icon name="alert" size={16} />}
      {calm ? <VisuallyHidden>{word}</VisuallyHidden> : word}
    </span>
  );
}

/** 已保存 is said when one pauses, not after each letter; all else at once. */
function useUnhurried(kind: DocStatusKind): DocStatusKind {
  const [said, setSaid] = useState(kind);
  const writing = kind === 'saved' && (said === 'saving' || said === 'unsaved');
  useEffect(() => {
    if (!writing) return setSaid(kind);
    const timer = setTimeout(() => setSaid(kind), PAUSE);
    return () => clearTimeout(timer);
  }, [kind, writing]);
  return writing ? said : kind;
}

/** Saved, and nothing has changed for a while. What is only being opened is nobody's change. */
function useCalm(kind: string, atWork: boolean): boolean {
  const [calm, setCalm] = useState(true);
  useEffect(() => {
    if (atWork) setCalm(false);
    if (atWork || kind !== 'saved') return;
    const timer = setTimeout(() => setCalm(true), SAID);
    return () => clearTimeout(timer);
  }, [kind, atWork]);
  return calm && kind === 'saved';
}
