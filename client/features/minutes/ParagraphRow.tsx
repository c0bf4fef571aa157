import type { MouseEvent } from 'react';
import type { Paragraph } from '../../../shared/contract/minutes.ts';
import { linesOf } from '../../../shared/line-breaks.ts';
import { printedText } from '../../../shared/numbering.ts';
import { nearText } from '../../lib/dates.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { classes } from '../../ui/classes.ts';
import { ParagraphEditor } from './ParagraphEditor.tsx';
import styles from './sheet.module.css';
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
}

/** A paragraph of the sheet; the thin line beside it says where it comes from and opens the entries. */
export function ParagraphRow({ paragraph, place, number, on, choose, edit, desk }: RowProps) {
  const words = useWords(minutesWords);
  const language = useLanguage();
  const { edited } = paragraph;
  const mark = edited ? words.byHand : words.byLog;
  const begin = [...(paragraph.label || printedText(paragraph))].slice(0, 12).join('');
  const editing = desk.draft?.paragraphId === paragraph.id;
  // Marking words to copy them is no click.
  const click = (event: MouseEvent) => {
    if (!editing && event.detail === 1 && (getSelection()?.isCollapsed ?? true)) choose(paragraph.id);
  };
  return (
    <div
      className={classes(styles.row, edited && styles.hand, on && styles.on)}
      data-paragraph={paragraph.id}
      onClick={click}
      onDoubleClick={editing ? undefined : edit}
    >
      <button
        type="button"
        className={styles.line}
        aria-pressed={on}
        aria-label={words.line(place, mark, begin)}
        title={mark}
        onClick={(event) => {
          event.stopPropagation();
          choose(on ? '' : paragraph.id);
        }}
      />
      {editing ? (
        <ParagraphEditor paragraph={paragraph} desk={desk} />
      ) : (
        <Printed paragraph={paragraph} number={number} />
      )}
      {edited && !editing && (
        <p className={styles.mark}>{words.handMark(edited.by, nearText(edited.at, language))}</p>
      )}
    </div>
  );
}
