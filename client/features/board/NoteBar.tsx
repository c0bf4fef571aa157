import { useEffect, useRef } from 'react';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './board.module.css';
import { boardWords } from './words.ts';

export interface NoteProps {
  text: string;
  /** The row to give back. */
  undo?: string | undefined;
  onUndo: (rowId: string) => void;
  /** Without it the note stays for as long as it is shown. */
  onClose?: () => void;
}

/** Something to be said beside the list; it goes by itself after a while, unless it is about what is still so. */
export function NoteBar({ text, undo, onUndo, onClose }: NoteProps) {
  const words = useWords(boardWords);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const timer = setTimeout(() => close.current?.(), 15_000);
    return () => clearTimeout(timer);
  }, [text, undo]);
  return (
    <div className={styles.note} role={undo ? 'status' : 'alert'}>
      <span>{text}</span>
      {undo ? (
        <Button
          small
          onClick={() => {
            onUndo(undo);
            onClose?.();
          }}
        >
          {words.takeBack}
        </Button>
      ) : (
        onClose && (
          <Button small onClick={onClose}>
            {words.understood}
          </Button>
        )
      )}
    </div>
  );
}
