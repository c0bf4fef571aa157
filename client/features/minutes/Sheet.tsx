import type { MinutesView, Paragraph } from '../../../shared/contract/minutes.ts';
import { numbersOf } from '../../../shared/numbering.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { ParagraphRow } from './ParagraphRow.tsx';
import editor from './editor.module.css';
import styles from './sheet.module.css';
import type { DraftDesk } from './use-draft.ts';
import { minutesWords } from './words.ts';

/** The words of somebody whose paragraph went away under the hand. */
function Orphan({ desk }: { desk: DraftDesk }) {
  const words = useWords(minutesWords);
  return (
    <section className={editor.conflict} role="alert">
      <p className={editor.small}>{words.orphan}</p>
      <blockquote className={editor.theirs}>{desk.draft?.text}</blockquote>
      <div className={editor.tools}>
        <Button small onClick={desk.discard}>
          {words.discard}
        </Button>
        <CopyButton small text={desk.draft?.text ?? ''} label={words.copyMine} />
      </div>
    </section>
  );
}

interface SheetProps {
  view: MinutesView;
  chosen: string;
  /** '' for none. */
  choose: (paragraphId: string) => void;
  /** Absent for those who only read. */
  edit?: ((paragraph: Paragraph) => void) | undefined;
  desk: DraftDesk;
}

/** The minutes as the paper they become: white in any light. */
export function Sheet({ view, chosen, choose, edit, desk }: SheetProps) {
  const words = useWords(minutesWords);
  const numbers = numbersOf(view.paragraphs);
  const lost = desk.draft && !view.paragraphs.some((each) => each.id === desk.draft?.paragraphId);
  return (
    <article className={styles.sheet} aria-label={words.sheet} lang="zh-CN">
      {!view.sealed && <p className={styles.draft}>草稿</p>}
      <h1 className={styles.title}>会议纪要</h1>
      <p className={styles.subject}>{view.title}</p>
      {lost && <Orphan desk={desk} />}
      {view.paragraphs.map((paragraph, at) => (
        <ParagraphRow
          key={paragraph.id}
          paragraph={paragraph}
          place={at + 1}
          number={numbers[at] ?? ''}
          on={paragraph.id === chosen}
          choose={choose}
          edit={edit && (() => edit(paragraph))}
          desk={desk}
        />
      ))}
      {view.sealed && (
        <p className={styles.footnote}>
          定稿校验码（SHA-256）：<span>{view.sealed.sha256}</span>
        </p>
      )}
    </article>
  );
}
