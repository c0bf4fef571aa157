import { useLocation, useParams } from 'wouter';
import type { Campaign } from '../../../shared/contract/campaigns.ts';
import { useCan } from '../../lib/me.ts';
import { useAsk } from '../../lib/query.ts';
import { useTitle } from '../../lib/title.ts';
import { useWords } from '../../lib/words.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { type TabItem, Tabs } from '../../ui/Tabs.tsx';
import { AppBar } from '../entry/AppBar.tsx';
import { NoAccess, Trouble } from '../entry/Trouble.tsx';
import { CampaignTab } from './CampaignTab.tsx';
import styles from './Office.module.css';
import { PeopleTab } from './PeopleTab.tsx';
import { RolesTab } from './RolesTab.tsx';
import { RoomsTab } from './RoomsTab.tsx';
import { UnitsTab } from './UnitsTab.tsx';
import { officeWords } from './words.ts';

/** Each tab for who may use it: a moderator sees the roster, the office everything. */
function useTabs(campaign: Campaign): TabItem[] {
  const words = useWords(officeWords);
  const { campaignId } = campaign;
  const office = useCan('campaign:edit', { campaignId });
  const reads = useCan('roster:read', { campaignId });
  return [
    ...(office
      ? [
          {
            id: 'campaign',
            label: words.tabCampaign,
            content: <CampaignTab campaign={campaign} />,
          },
          { id: 'rooms', label: words.tabRooms, content: <RoomsTab campaignId={campaignId} /> },
        ]
      : []),
    ...(reads
      ? [
          { id: 'units', label: words.tabUnits, content: <UnitsTab campaignId={campaignId} /> },
          { id: 'people', label: words.tabPeople, content: <PeopleTab campaignId={campaignId} /> },
        ]
      : []),
    ...(office
      ? [{ id: 'roles', label: words.tabRoles, content: <RolesTab campaignId={campaignId} /> }]
      : []),
  ];
}

function Settings({ campaign, tab }: { campaign: Campaign; tab: string | undefined }) {
  const words = useWords(officeWords);
  const [, go] = useLocation();
  const tabs = useTabs(campaign);
  const first = tabs[0];
  if (!first) return <NoAccess />;
  const value = tabs.some(({ id }) => id === tab) ? (tab ?? first.id) : first.id;
  return (
    <Tabs
      label={words.settings}
      items={tabs}
      value={value}
      onChange={(id) => go(`/c/${campaign.campaignId}/settings/${id}`, { replace: true })}
    />
  );
}

/** `/c/:campaignId/settings/:tab?` */
export default function SettingsPage() {
  const words = useWords(officeWords);
  const { campaignId = '', tab } = useParams();
  const { data, failure, retry } = useAsk('campaigns.get', { campaignId });
  useTitle(words.settings);
  return (
    <>
      <AppBar campaignId={campaignId} />
      <main className={styles.main}>
        <div>
          <small>{data?.name}</small>
          <h1>{words.settings}</h1>
        </div>
        {data && <Settings campaign={data} tab={tab} />}
        {!data && (failure ? <Trouble failure={failure} retry={retry} /> : <Skeleton height={320} />)}
      </main>
    </>
  );
}
