import { Link } from 'wouter';
import type { SessionCard } from '../../../shared/contract/session.ts';
import { PHASE_LABEL } from '../../../shared/labels.ts';
import { attendanceText } from '../../lib/attendance-text.ts';
import { serverNow } from '../../lib/clock.ts';
import { nearText } from '../../lib/dates.ts';
import { useCan } from '../../lib/me.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Tag } from '../../ui/Tag.tsx';
import styles from './SessionRow.module.css';
import { sessionWords } from './words.ts';

/** One meeting in a list: its state, when, whose, and the way to it. */
export function SessionRow({ session }: { session: SessionCard }) {
  const words = useWords(sessionWords);
  const language = useLanguage();
  const { sessionId, campaignId, phase } = session;
  const edits = useCan('session:edit', { campaignId, sessionId });
  const reads = useCan('minutes:read', { campaignId, sessionId });
  const running = phase === 'live' || phase === 'paused';
  return (
    <div className={styles.row}>
      <Tag tone={running ? 'po' : phase === 'ended' ? 'li' : 'plain'} live={phase === 'live'}>
        {PHASE_LABEL[phase][language]}
      </Tag>
      <div className={styles.what}>
        <Link href={`/s/${sessionId}`} className={styles.title}>
          {session.title}
        </Link>
        <small>
          {nearText(session.startedAt ?? session.plannedAt, language, serverNow())} · {session.unitName}
          {session.attendance && ` · ${attendanceText(session.attendance, language, true)}`}
          {session.problems > 0 && ` · ${words.problems(session.problems)}`}
        </small>
      </div>
      <div className={styles.tools}>
        {edits && phase !== 'ended' && (
          <LinkButton href={`/s/${sessionId}/settings`} small kind="quiet">
            {words.settingsShort}
          </LinkButton>
        )}
        {phase === 'ended' && reads && (
          <LinkButton href={`/s/${sessionId}/minutes`} small kind="quiet">
            {session.minutesSealed ? words.minutesSealed : words.minutes}
          </LinkButton>
        )}
      </div>
    </div>
  );
}
