import { Link } from 'wouter';
import type { Campaign } from '../../../shared/contract/campaigns.ts';
import styles from './StartPage.module.css';

export function CampaignCard({ campaign }: { campaign: Campaign }) {
  const phase = campaign.phases[campaign.currentPhase];
  return (
    <Link href={`/c/${campaign.campaignId}`} className={styles.card}>
      <small>{campaign.sponsor}</small>
      <h2>{campaign.name}</h2>
      {campaign.slogan !== '' && <p className={styles.slogan}>{campaign.slogan}</p>}
      {phase && <small className={styles.phase}>{phase.name}</small>}
    </Link>
  );
}
