import type { Campaign } from '../../../shared/contract/campaigns.ts';
import { useWords } from '../../lib/words.ts';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import styles from './Phases.module.css';
import { homeWords } from './words.ts';

/** （一）广泛动员，深入学习 → 广泛动员，深入学习: the place in the row says the number. */
const bare = (name: string) =>
  name.replace(/^[（(][一二三四五六七八九十\d]+[)）]\s*/, '').replace(/阶段$/, '');

/** The phases as one line: green is behind us, vermilion is now. */
export function Phases({ campaign }: { campaign: Campaign }) {
  const words = useWords(homeWords);
  if (campaign.phases.length === 0) return null;
  return (
    <ol
      className={styles.phases}
      aria-label={words.phases}
      style={{ '--n': campaign.phases.length } as React.CSSProperties}
    >
      {campaign.phases.map((phase, n) => {
        const state = n < campaign.currentPhase ? 'past' : n === campaign.currentPhase ? 'now' : 'later';
        return (
          <li key={n} className={styles[state]} aria-current={state === 'now' ? 'step' : undefined}>
            <span className={styles.name}>{bare(phase.name)}</span>
            {state === 'past' && <VisuallyHidden>{words.past}</VisuallyHidden>}
            {phase.dates !== '' && <small>{phase.dates.replace('——', '—')}</small>}
          </li>
        );
      })}
    </ol>
  );
}
