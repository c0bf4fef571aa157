import type { KeyboardEvent, MouseEvent } from 'react';
import type { Paragraph } from '../../../shared/contract/minutes.ts';
import { linesOf } from '../../../shared/line-breaks.ts';
import { printedText } from '../../../shared/numbering.ts';
import { nearText } from '../../lib/dates.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { classes } from '../../ui/classes.ts';
import { layoutWords } from './layout-words.ts';
import { ParagraphEditor } from './ParagraphEditor.tsx';
import styles from './sheet.module.css';
import type { DragHandle } from './use-drag.ts';
import type { DraftDesk } from './use-draft.ts';
import { minutesWords } from './words.ts';

function Printed({ paragraph, number }: { paragraph: Paragraph; number: string }) {
  const words = useWords(minutesWords);
  const { kind, label } = paragraph;
  const lines = linesOf(printedText(paragraph));
  const text = lines.join(' ');
  if (kind === 'heading') return <h2 className={styles.heading}>{number + text}</h2>;
  if (kind === 'subheading') return <h3 className={styles.subheading}>{number + text}</h3>;
  if (kind === 'fact')
    return (
      <p className={styles.fact}>
        <b>
          {label}
          {words.colon}
        </b>
        {text}
      </p>
    );
  return lines.map((line, at) => (
    <p key={at} className={styles.text}>
      {at === 0 && number}
      {line}
    </p>
  ));
}

interface RowProps {
  paragraph: Paragraph;
  /** Place on the sheet, from 1. */
  place: number;
  number: string;
  on: boolean;
  choose: (paragraphId: string) => void;
  /** Absent for those who only read. */
  edit?: (() => void) | undefined;
  desk: DraftDesk;
  /** It is being dragged. */
  held: boolean;
  handle: DragHandle | undefined;
  step: ((way: 'up' | 'down') => void) | undefined;
}

/** What a hand did to it, and when. */
function HandMarks({ paragraph: { added, edited, moved } }: { paragraph: Paragraph }) {
  const words = useWords(minutesWords);
  const layout = useWords(layoutWords);
  const language = useLanguage();
  const when = (at: string) => nearText(at, language);
  const own = edited && (added ? layout.addedMark : words.handMark)(edited.by, when(edited.at));
  const place = moved && layout.movedMark(moved.by, when(moved.at));
  if (!own && !place) return null;
  return <p className={styles.mark}>{[own, place].filter(Boolean).join('　')}</p>;
}

/** A paragraph of the sheet; the thin line beside it says where it comes from and opens the entries. */
export function ParagraphRow(props: RowProps) {
  const { paragraph, place, number, on, choose, edit, desk, held, handle, step } = props;
  const words = useWords(minutesWords);
  const hand = paragraph.edited ?? paragraph.moved;
  const mark = hand ? words.byHand : words.byLog;
  const begin = [...(paragraph.label || printedText(paragraph))].slice(0, 12).join('');
  const editing = desk.draft?.paragraphId === paragraph.id;
  // Marking words to copy them is no click.
  const click = (event: MouseEvent) => {
    if (!editing && event.detail === 1 && (getSelection()?.isCollapsed ?? true)) choose(paragraph.id);
  };
  const keys = (event: KeyboardEvent) => {
    if (!step || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    step(event.key === 'ArrowUp' ? 'up' : 'down');
  };
  return (
    <div
      className={classes(styles.row, hand && styles.hand, on && styles.on, held && styles.held)}
      data-paragraph={paragraph.id}
      onClick={click}
      onDoubleClick={editing ? undefined : edit}
    >
      <button
        type="button"
        className={classes(styles.line, handle && styles.grip)}
        onPointerDown={handle?.onPointerDown}
        onPointerMove={handle?.onPointerMove}
        onPointerUp={handle?.onPointerUp}
        onPointerCancel={handle?.onPointerCancel}
        onKeyDown={keys}
        aria-keyshortcuts={step && 'Alt+ArrowUp Alt+ArrowDown'}
        aria-pressed={on}
        aria-label={words.line(place, mark, begin)}
        title={mark}
        onClick={(event) => {
          event.stopPropagation();
          if (!handle?.dragged()) choose(on ? '' : paragraph.id);
        }}
      />
      {editing ? (
        <ParagraphEditor paragraph={paragraph} desk={desk} />
      ) : (
        <Printed paragraph={paragraph} number={number} />
      )}
      {!editing && <HandMarks paragraph={paragraph} />}
    </div>
  );
}
