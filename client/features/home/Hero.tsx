import type { Campaign } from '../../../shared/contract/campaigns.ts';
import type { SessionCard } from '../../../shared/contract/session.ts';
import { PHASE_LABEL } from '../../../shared/labels.ts';
import { attendanceText } from '../../lib/attendance-text.ts';
import { serverNow } from '../../lib/clock.ts';
import { nearText, spanText } from '../../lib/dates.ts';
import { useCan } from '../../lib/me.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Tag } from '../../ui/Tag.tsx';
import styles from './Hero.module.css';
import { homeWords } from './words.ts';

/** Four-character phrases in pairs, two a line, as such slogans are written on a banner. */
function sloganLines(slogan: string): string[] {
  const phrases = slogan.trim().split(/[\s\u3000]+/);
  if (phrases.length < 3) return [phrases.join(' ')];
  const half = Math.ceil(phrases.length / 2);
  return [phrases.slice(0, half).join(' '), phrases.slice(half).join(' ')];
}

function NowCard({ session }: { session: SessionCard }) {
  const words = useWords(homeWords);
  const language = useLanguage();
  const invites = useCan('session:invite', { campaignId: session.campaignId, sessionId: session.sessionId });
  const now = serverNow();
  const running = session.phase === 'live' || session.phase === 'paused';
  const ended = session.phase === 'ended';
  const when = ended
    ? nearText(session.startedAt ?? session.plannedAt, language, now)
    : spanText(session.plannedAt, session.plannedMinutes, language, now);
  return (
    <Card className={running ? `${styles.next} ${styles.running}` : styles.next}>
      <div className={styles.row}>
        <Tag tone={running ? 'po' : ended ? 'li' : 'plain'} live={session.phase === 'live'}>
          {session.phase === 'draft' ? words.next : PHASE_LABEL[session.phase][language]}
        </Tag>
        <small className={styles.grow}>{session.unitName}</small>
        {running && <small>{words.present(session.present)}</small>}
      </div>
      <b className={styles.title}>{session.title}</b>
      <small>
        {when}
        {session.place !== '' && ` · ${session.place}`}
      </small>
      {session.attendance && <small>{attendanceText(session.attendance, language, true)}</small>}
      <div className={styles.row}>
        {session.phase === 'draft' && invites && (
          <LinkButton href={`/s/${session.sessionId}/settings`} small>
            {words.prepare}
          </LinkButton>
        )}
        {ended ? (
          <LinkButton href={`/s/${session.sessionId}/minutes`} small>
            {words.minutes}
          </LinkButton>
        ) : (
          <LinkButton href={`/s/${session.sessionId}`} kind="primary" small>
            {words.enter}
          </LinkButton>
        )}
      </div>
    </Card>
  );
}

/** `guided`: the first steps below say what to do next, and have the button. */
function NoMeeting({ campaignId, guided }: { campaignId: string; guided: boolean }) {
  const words = useWords(homeWords);
  const creates = useCan('session:create', { campaignId });
  return (
    <Card className={styles.next}>
      <b className={styles.title}>{words.noSession}</b>
      <small>{creates ? words.noSessionNote : words.noSessionGuest}</small>
      {creates && !guided && (
        <div className={styles.row}>
          <LinkButton href={`/c/${campaignId}/sessions/new`} small kind="primary">
            {words.newSession}
          </LinkButton>
        </div>
      )}
    </Card>
  );
}

/** What the campaign is about, and the one meeting that matters now. */
export function Hero({
  campaign,
  session,
  guided,
}: {
  campaign: Campaign;
  session: SessionCard | undefined;
  guided: boolean;
}) {
  const heading = campaign.slogan.trim() || campaign.name;
  return (
    <section className={styles.hero}>
      <div className={styles.theme}>
        <small>
          {[campaign.sponsor, campaign.slogan.trim() && campaign.name].filter(Boolean).join(' · ')}
        </small>
        <h1 className={styles.slogan}>
          {sloganLines(heading).map((line) => (
            <span key={line}>{line}</span>
          ))}
        </h1>
      </div>
      {session ? (
        <NowCard session={session} />
      ) : (
        <NoMeeting campaignId={campaign.campaignId} guided={guided} />
      )}
    </section>
  );
}
