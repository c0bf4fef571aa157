import { useParams } from 'wouter';
import type { Campaign } from '../../../shared/contract/campaigns.ts';
import type { Room } from '../../../shared/contract/rooms.ts';
import type { SessionOverview } from '../../../shared/contract/session.ts';
import { useWatch } from '../../lib/cards.ts';
import { useCan } from '../../lib/me.ts';
import { useAsk } from '../../lib/query.ts';
import { useTitle } from '../../lib/title.ts';
import { sidesOf } from '../../../shared/topic.ts';
import { useWords } from '../../lib/words.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { AppBar } from '../entry/AppBar.tsx';
import { Trouble } from '../entry/Trouble.tsx';
import styles from './CampaignPage.module.css';
import { FirstSteps, useGuide } from './FirstSteps.tsx';
import { Hero } from './Hero.tsx';
import { Phases } from './Phases.tsx';
import { RoomDoor } from './RoomDoor.tsx';
import { UnitLists } from './UnitLists.tsx';
import { homeWords } from './words.ts';

function Rooms({
  campaign,
  rooms,
  overview,
}: {
  campaign: Campaign;
  rooms: Room[];
  overview: SessionOverview;
}) {
  const words = useWords(homeWords);
  const { campaignId } = campaign;
  const creates = useCan('session:create', { campaignId });
  const edits = useCan('room:edit', { campaignId });
  const areas = rooms.length > 0 && rooms.every((room) => sidesOf(room).kind === 'area');
  if (rooms.length === 0)
    return (
      <Empty
        title={words.noRooms}
        note={edits ? words.noRoomsNote : undefined}
        action={edits && <LinkButton href={`/c/${campaignId}/settings/rooms`}>{words.toSettings}</LinkButton>}
      />
    );
  return (
    <section aria-label={words.rooms(rooms.length)}>
      <div className={styles.sec}>
        <h2>{words.rooms(rooms.length)}</h2>
        <small>{areas ? words.areas : words.pairs}</small>
        {creates && overview.foremost && (
          <LinkButton href={`/c/${campaignId}/sessions/new`} small className={styles.end}>
            {words.newSession}
          </LinkButton>
        )}
      </div>
      <div className={styles.rooms}>
        {rooms.map((room) => (
          <RoomDoor
            key={room.roomId}
            room={room}
            figures={overview.rooms.find((each) => each.roomId === room.roomId)}
            creates={creates}
          />
        ))}
      </div>
    </section>
  );
}

function Home({
  campaign,
  rooms,
  overview,
}: {
  campaign: Campaign;
  rooms: Room[];
  overview: SessionOverview;
}) {
  const sets = useCan('campaign:edit', { campaignId: campaign.campaignId });
  const guide = useGuide(campaign.campaignId, overview.foremost !== undefined, sets);
  return (
    <>
      <Hero campaign={campaign} session={overview.foremost} guided={guide !== undefined} />
      {guide && <FirstSteps campaignId={campaign.campaignId} guide={guide} />}
      <Phases campaign={campaign} />
      <Rooms campaign={campaign} rooms={rooms} overview={overview} />
      <UnitLists campaignId={campaign.campaignId} guided={guide !== undefined} />
    </>
  );
}

function Frame() {
  return (
    <>
      <Skeleton height={150} />
      <Skeleton height={70} />
      <div className={styles.rooms}>
        {[1, 2, 3, 4].map((n) => (
          <Skeleton key={n} height={160} />
        ))}
      </div>
    </>
  );
}

/** `/c/:campaignId`: what this is about, the meeting now or next, the phases, and the rooms as doors. */
export default function CampaignPage() {
  const { campaignId = '' } = useParams();
  const campaign = useAsk('campaigns.get', { campaignId });
  const rooms = useAsk('rooms.list', { campaignId });
  const every = useWatch(campaignId);
  const overview = useAsk('session.overview', { campaignId }, { every });
  useTitle(campaign.data?.name);
  const failed = [campaign, rooms, overview].find((ask) => ask.failure);
  const retry = () => [campaign, rooms, overview].forEach((ask) => ask.retry());
  return (
    <>
      <AppBar campaignId={campaign.data && campaignId} />
      <main className={styles.main}>
        {campaign.data && rooms.data && overview.data ? (
          <Home campaign={campaign.data} rooms={rooms.data} overview={overview.data} />
        ) : failed?.failure ? (
          <Trouble failure={failed.failure} retry={retry} />
        ) : (
          <Frame />
        )}
      </main>
    </>
  );
}
