import type { Failure } from '../../../shared/errors.ts';
import type { DoorWait } from '../../../shared/contract/session.ts';
import { timeText } from '../../lib/dates.ts';
import { useWords } from '../../lib/words.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import styles from './join.module.css';
import { joinWords } from './words.ts';

interface HeldProps {
  name: string;
  sessionId: string;
  busy: boolean;
  failure: Failure | undefined;
  onBack: () => void;
}

/** The ways in that need nobody's nod. */
function OwnWays({ sessionId }: { sessionId: string }) {
  const words = useWords(joinWords);
  return (
    <div className={styles.ways}>
      <p className={styles.meta}>{words.ownWays}</p>
      <LinkButton href={`/sign-in?to=/s/${sessionId}`}>{words.bySignIn}</LinkButton>
    </div>
  );
}

/** The name is not simply taken: why, and what can be done. */
export function Held({ reason, onAsk, ...props }: HeldProps & { reason: string; onAsk: () => void }) {
  const words = useWords(joinWords);
  const { name, sessionId, busy, failure, onBack } = props;
  return (
    <section className={styles.held} aria-label={words.heldTitle(name)}>
      <h2>{words.heldTitle(name)}</h2>
      <p role="status">{reason === 'door.staff' ? words.heldStaff : words.heldPresent}</p>
      {failure && <ErrorNote failure={failure} />}
      <Button kind="primary" className={styles.go ?? ''} busy={busy} onClick={onAsk}>
        {words.askAs(name)}
      </Button>
      <OwnWays sessionId={sessionId} />
      <Button kind="quiet" onClick={onBack}>
        {words.otherName}
      </Button>
    </section>
  );
}

/** Let in: the page goes on by itself, and with a press when that did not come through. */
export function LetIn({ onEnter, ...props }: HeldProps & { onEnter: () => void }) {
  const words = useWords(joinWords);
  const { name, busy, failure, onBack } = props;
  return (
    <section className={styles.held} aria-label={words.letInTitle}>
      <h2 role="status">{words.letInTitle}</h2>
      {failure && <ErrorNote failure={failure} />}
      <Button kind="primary" className={styles.go ?? ''} busy={busy} onClick={onEnter}>
        {words.enterAs(name)}
      </Button>
      <Button kind="quiet" onClick={onBack}>
        {words.otherName}
      </Button>
    </section>
  );
}

/** Asked, and not answered yet. Nothing has to be done here: the page goes on by itself. */
export function Waiting({ wait, ...props }: HeldProps & { wait: DoorWait }) {
  const words = useWords(joinWords);
  const { name, sessionId, busy, failure, onBack } = props;
  return (
    <section className={styles.held} aria-label={words.waitingTitle}>
      <span className={styles.pulse} aria-hidden="true" />
      <h2>{words.waitingTitle}</h2>
      <p role="status">
        {words.waitingAs(name)}
        {wait.since !== undefined && words.waitingSince(timeText(wait.since))}
      </p>
      <p className={styles.meta}>{wait.chaired ? words.waitingNote : words.nobodyChairs}</p>
      {failure && <ErrorNote failure={failure} />}
      <OwnWays sessionId={sessionId} />
      <Button kind="quiet" busy={busy} onClick={onBack}>
        {words.stopWaiting}
      </Button>
    </section>
  );
}

export function Refused({ onAsk, ...props }: HeldProps & { onAsk: () => void }) {
  const words = useWords(joinWords);
  const { name, sessionId, busy, failure, onBack } = props;
  return (
    <section className={styles.held} aria-label={words.refusedTitle}>
      <h2 role="status">{words.refusedTitle}</h2>
      <p>{words.refusedNote(name)}</p>
      {failure && <ErrorNote failure={failure} />}
      <div className={styles.row}>
        <Button kind="primary" onClick={onBack}>
          {words.otherName}
        </Button>
        <Button busy={busy} onClick={onAsk}>
          {words.askAgain}
        </Button>
      </div>
      <OwnWays sessionId={sessionId} />
    </section>
  );
}
