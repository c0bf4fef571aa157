import { Link } from 'wouter';
import { useCan } from '../../lib/me.ts';
import { useAsk } from '../../lib/query.ts';
import { useWords } from '../../lib/words.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Empty } from '../../ui/Empty.tsx';
import home from './CampaignPage.module.css';
import styles from './UnitLists.module.css';
import { homeWords } from './words.ts';

/** For who runs the campaign: every unit's problem list, and what to do while there are no units (`guided`: the first steps say it). */
export function UnitLists({ campaignId, guided }: { campaignId: string; guided: boolean }) {
  const words = useWords(homeWords);
  const reads = useCan('roster:read', { campaignId });
  const edits = useCan('roster:edit', { campaignId });
  const { data } = useAsk('campaigns.units', { campaignId }, { when: reads });
  if (!data) return null;
  if (data.length === 0)
    return edits && !guided ? (
      <Empty
        title={words.noUnits}
        note={words.noUnitsNote}
        action={<LinkButton href={`/c/${campaignId}/settings/people`}>{words.addPeople}</LinkButton>}
      />
    ) : null;
  return (
    <section>
      <div className={home.sec}>
        <h2>{words.lists}</h2>
      </div>
      <ul className={styles.units}>
        {data.map((unit) => (
          <li key={unit.unitId}>
            <Link href={`/c/${campaignId}/boards/${unit.unitId}`}>{unit.name}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
