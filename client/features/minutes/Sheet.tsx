import { Fragment } from 'react';
import type { MinutesView, Paragraph } from '../../../shared/contract/minutes.ts';
import { numbersOf } from '../../../shared/numbering.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { layoutWords } from './layout-words.ts';
import { NewParagraph } from './NewParagraph.tsx';
import { ParagraphRow } from './ParagraphRow.tsx';
import editor from './editor.module.css';
import styles from './sheet.module.css';
import { useDrag } from './use-drag.ts';
import type { DraftDesk } from './use-draft.ts';
import type { LayoutDesk } from './use-layout.ts';
import { minutesWords } from './words.ts';

/** The words of somebody whose paragraph went away under the hand. */
function Orphan({ desk, restore }: { desk: DraftDesk; restore: (() => void) | undefined }) {
  const words = useWords(minutesWords);
  const layout = useWords(layoutWords);
  return (
    <section className={editor.conflict} role="alert">
      <p className={editor.small}>{words.orphan}</p>
      <blockquote className={editor.theirs}>{desk.draft?.text}</blockquote>
      <div className={editor.tools}>
        <Button small onClick={desk.discard}>
          {words.discard}
        </Button>
        <CopyButton small text={desk.draft?.text ?? ''} label={words.copyMine} />
        {restore && (
          <Button small onClick={restore}>
            {layout.restoreIt}
          </Button>
        )}
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
  layout?: LayoutDesk | undefined;
}

/** The minutes as the paper they become: white in any light. */
export function Sheet({ view, chosen, choose, edit, desk, layout }: SheetProps) {
  const words = useWords(minutesWords);
  const numbers = numbersOf(view.paragraphs);
  const { draft } = desk;
  const stands = (id: string | undefined) => view.paragraphs.some((each) => each.id === id);
  const lost = draft && !draft.add && !stands(draft.paragraphId);
  const out = lost && view.removed?.some((each) => each.paragraph.id === draft.paragraphId);
  const fresh = draft?.add && <NewParagraph desk={desk} add={draft.add} />;
  const behind = stands(draft?.add?.after) ? draft?.add?.after : view.paragraphs.at(-1)?.id;
  const { drag, held, handle } = useDrag(
    view.paragraphs,
    layout && ((id, after) => void layout.move(id, after)),
  );
  return (
    <article className={styles.sheet} aria-label={words.sheet} lang="zh-CN">
      {!view.sealed && <p className={styles.draft}>草稿</p>}
      <h1 className={styles.title}>会议纪要</h1>
      <p className={styles.subject}>{view.title}</p>
      {lost && (
        <Orphan
          desk={desk}
          restore={out && layout ? () => void layout.restore(draft.paragraphId) : undefined}
        />
      )}
      {drag?.after === '' && <hr className={styles.drop} />}
      {view.paragraphs.map((paragraph, at) => (
        <Fragment key={paragraph.id}>
          <ParagraphRow
            paragraph={paragraph}
            place={at + 1}
            number={numbers[at] ?? ''}
            on={paragraph.id === chosen}
            choose={choose}
            edit={edit && (() => edit(paragraph))}
            desk={desk}
            held={held.has(paragraph.id)}
            handle={handle(paragraph.id)}
            step={layout && ((way) => void layout.step(paragraph.id, way))}
          />
          {paragraph.id === drag?.after && <hr className={styles.drop} />}
          {paragraph.id === behind && fresh}
        </Fragment>
      ))}
      {view.sealed && (
        <p className={styles.footnote}>
          定稿校验码（SHA-256）：<span>{view.sealed.sha256}</span>
        </p>
      )}
    </article>
  );
}
