import { ROLE_LABEL } from '../../../shared/labels.ts';
import { STAFF_ROLES } from '../../../shared/roles.ts';
import { setLanguage, useLanguage, useWords } from '../../lib/words.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Face } from '../../ui/Face.tsx';
import { MyAnswer } from './MyAnswerLater.tsx';
import { useRoom } from './room.ts';
import common from './room.module.css';
import styles from './phone.module.css';
import { setSound, useSound } from './sound.ts';
import { useLeaving } from './use-leaving.ts';
import { meetingWords } from './words.ts';

/** The page 我 of a phone: who I am here, what is said about that, and the way out. */
export default function Me() {
  const words = useWords(meetingWords);
  const language = useLanguage();
  const { state, myId, can, openDialog } = useRoom();
  const me = state.people[myId];
  // What stands on the name may be more than what this device has proven.
  const claims = STAFF_ROLES.includes(me?.capacity ?? 'guest') && !can('session:record');
  const capacity = claims ? 'participant' : me?.capacity;
  const leave = useLeaving();
  const sound = useSound();
  return (
    <section className={styles.me} aria-label={words.me}>
      <div className={common.row}>
        <Face name={me?.name ?? ''} id={myId} size={40} />
        <div>
          <b>{me?.name}</b>
          <p className={common.meta}>
            {[me?.unitName, me?.level, capacity && ROLE_LABEL[capacity][language]]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
      </div>
      <p className={common.meta}>{words.namedLong}</p>
      <p className={common.meta}>{words.secrets}</p>
      {!can('session:steer') && state.phase !== 'ended' && <MyAnswer />}
      {can('session:invite') && state.phase !== 'ended' && (
        <Button wide onClick={() => openDialog('invite')}>
          {words.invite}
        </Button>
      )}
      {can('session:attendance') && (
        <Button wide onClick={() => openDialog('attendance')}>
          {words.attendance}
        </Button>
      )}
      {can('minutes:read') && state.phase === 'ended' && (
        <LinkButton wide href={`/s/${state.sessionId}/minutes`}>
          {words.toMinutes}
        </LinkButton>
      )}
      <Button wide onClick={() => void setLanguage(language === 'zh' ? 'en' : 'zh')}>
        {language === 'zh' ? 'English' : '中文'}
      </Button>
      <Button wide onClick={() => setSound(!sound)}>
        {sound ? words.mute : words.unmute}
      </Button>
      {can('session:steer') && (state.phase === 'live' || state.phase === 'paused') && (
        <Button wide kind="danger" onClick={() => openDialog('end')}>
          {words.end}
        </Button>
      )}
      {leave && (
        <Button wide kind="quiet" onClick={leave}>
          {words.leave}
        </Button>
      )}
    </section>
  );
}
