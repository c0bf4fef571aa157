import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Face } from '../../ui/Face.tsx';
import { TopBar, WideOnly } from '../../ui/TopBar.tsx';
import { IdentityMenu } from './IdentityLater.tsx';
import { useRoom } from './room.ts';
import styles from './header.module.css';
import { Saved } from './Saved.tsx';
import { Topic } from './Topic.tsx';
import { meetingWords } from './words.ts';

/** On a desk the meeting and its theme; a phone has room for the theme, the meeting stands in the strip below. */
function Title() {
  const { state, wide } = useRoom();
  const { schedule } = state;
  if (!schedule) return null;
  if (!wide)
    return (
      <h1 className={styles.title}>
        <Topic topic={schedule.topic} />
      </h1>
    );
  return (
    <div className={styles.titles}>
      <h1 className={styles.meeting} title={schedule.title}>
        {schedule.title}
      </h1>
      <span className={styles.theme}>
        <Topic topic={schedule.topic} />
      </span>
    </div>
  );
}

export function RoomHeader({ onKeys }: { onKeys: () => void }) {
  const words = useWords(meetingWords);
  const { state, view, can, openDialog, wide } = useRoom();
  const home = view.session ? `/c/${view.session.campaignId}` : '/';
  const { phase } = state;
  return (
    <TopBar home={home} brand title={<Title />}>
      <Saved />
      <WideOnly>
        <Faces />
        {can('session:screens') && !can('session:invite') && phase !== 'ended' && (
          <Button small onClick={() => openDialog('screens')}>
            {words.screen}
          </Button>
        )}
        {can('session:invite') && phase !== 'ended' && (
          <Button small onClick={() => openDialog('invite')}>
            {words.invite}
          </Button>
        )}
        {can('session:steer') && (phase === 'live' || phase === 'paused') && (
          <Button small kind="danger" onClick={() => openDialog('end')}>
            {words.end}
          </Button>
        )}
        {wide && <IdentityMenu onKeys={onKeys} />}
      </WideOnly>
    </TopBar>
  );
}

const SHOWN = 3;

/** The first few who are here; the whole list is one press away. */
function Faces() {
  const words = useWords(meetingWords);
  const { state, view, openDialog } = useRoom();
  const here = view.presence.people.flatMap((p) => state.people[p.personId] ?? []);
  if (here.length === 0) return null;
  return (
    <button
      type="button"
      className={styles.faces}
      aria-label={words.attendanceOf(here.length)}
      onClick={() => openDialog('attendance')}
    >
      {here.slice(0, SHOWN).map((person) => (
        <Face key={person.personId} name={person.name} id={person.personId} />
      ))}
      {here.length > SHOWN && <span className={styles.more}>+{here.length - SHOWN}</span>}
    </button>
  );
}
