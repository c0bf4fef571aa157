import type { MinutesView } from '../../../shared/contract/minutes.ts';
import { nearText } from '../../lib/dates.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { classes } from '../../ui/classes.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import styles from './minutes.module.css';
import { minutesWords } from './words.ts';

/** Paragraphs that a hand has written, put elsewhere or taken out. */
export const changedByHand = ({ paragraphs, removed = [] }: MinutesView): number =>
  paragraphs.filter((each) => each.edited ?? each.moved).length + removed.length;

/** 会议结束 → 核稿 → 定稿. */
export function Progress({ view }: { view: MinutesView }) {
  const words = useWords(minutesWords);
  const sealed = view.sealed !== undefined;
  const steps = [
    { label: words.stepComposed, done: true },
    { label: words.stepChecked, done: sealed },
    { label: words.stepSealed, done: sealed },
  ];
  const now = steps.findIndex((step) => !step.done);
  const hands = changedByHand(view);
  return (
    <section>
      <h2 className={styles.heading}>{words.progress}</h2>
      <ol className={styles.steps}>
        {steps.map(({ label, done }, at) => (
          <li
            key={label}
            className={classes(done && styles.done, at === now && styles.now)}
            aria-current={at === now ? 'step' : undefined}
          >
            {label}
            <VisuallyHidden>{done ? words.stepDone : at === now ? words.stepNow : ''}</VisuallyHidden>
          </li>
        ))}
      </ol>
      <p className={styles.meta}>{words.hands(hands)}</p>
    </section>
  );
}

/** What sealing left behind: who, when, and the checksum. */
export function SealNote({ seal }: { seal: NonNullable<MinutesView['sealed']> }) {
  const words = useWords(minutesWords);
  const language = useLanguage();
  return (
    <section className={styles.seal} aria-label={words.sha}>
      <p>
        <b>{words.sealedBy(seal.by, nearText(seal.at, language))}</b>
      </p>
      <p className={styles.meta}>{words.sha}</p>
      <code className={styles.sha}>{seal.sha256}</code>
      <p className={styles.meta}>{words.shaNote}</p>
      <CopyButton small text={seal.sha256} label={words.copySha} />
    </section>
  );
}
