import { useEffect, useRef, useState } from 'react';
import type { DoorView } from '../../../shared/contract/session.ts';
import type { Failure } from '../../../shared/errors.ts';
import { failureText, PHASE_LABEL } from '../../../shared/labels.ts';
import { dateTimeText } from '../../lib/dates.ts';
import { useAsk } from '../../lib/query.ts';
import { useTitle } from '../../lib/title.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { DoorFacts } from './DoorFacts.tsx';
import { Held, LetIn, Refused, Waiting } from './Held.tsx';
import { JoinFrame } from './JoinFrame.tsx';
import styles from './join.module.css';
import { Notices } from './Notices.tsx';
import { SwitchDialog } from './SwitchDialog.tsx';
import { NOBODY, type Who, WhoPicker, whoIsComplete } from './WhoPicker.tsx';
import { type Named, useJoining } from './use-joining.ts';
import { joinWords } from './words.ts';

export function Door({ code }: { code: string }) {
  const words = useWords(joinWords);
  const door = useAsk('session.door', { code }, { every: 15_000 });
  useTitle(door.data?.title ?? words.title);
  if (door.failure) return <NoDoor failure={door.failure} onRetry={door.retry} />;
  if (!door.data)
    return (
      <JoinFrame>
        <Skeleton rows={4} />
        <Skeleton height={240} />
      </JoinFrame>
    );
  if (door.data.phase === 'ended') return <Over door={door.data} />;
  return <OpenDoor code={code} door={door.data} />;
}

function OpenDoor({ code, door }: { code: string; door: DoorView }) {
  const language = useLanguage();
  const [who, setWho] = useState<Who>(NOBODY);
  const [another, setAnother] = useState(false);
  const known = door.rememberedAs !== '' && !another;
  const joining = useJoining(code, door.rememberedAs);
  const { wait, busy, failure, switching, held, join, ask, back } = joining;
  const { personId, name, unitName } = who;
  const named: Named = known ? {} : personId !== '' ? { personId } : { name: name.trim(), unitName };
  const myName = known ? door.rememberedAs : name.trim();

  // Let in: the page goes on by itself, once; a question about switching is asked on the way.
  const letIn = wait?.state === 'let-in' ? wait.personId : '';
  const gone = useRef('');
  useEffect(() => {
    if (letIn === '' || gone.current === letIn) return;
    gone.current = letIn;
    void join({ personId: letIn });
  });

  const parts = { sessionId: door.sessionId, busy, failure, onBack: () => void back() };
  const asked = wait && wait.state !== 'none' ? wait : undefined;
  return (
    <JoinFrame
      aside={
        <Tag tone={door.phase === 'live' ? 'po' : 'plain'} live={door.phase === 'live'}>
          {PHASE_LABEL[door.phase][language]}
        </Tag>
      }
    >
      <DoorFacts door={door} />
      {asked?.state === 'refused' ? (
        <Refused {...parts} name={asked.name} onAsk={() => void ask({ personId: asked.personId })} />
      ) : asked?.state === 'let-in' ? (
        <LetIn {...parts} name={asked.name} onEnter={() => void join({ personId: asked.personId })} />
      ) : asked ? (
        <Waiting {...parts} name={asked.name} wait={asked} />
      ) : held ? (
        <Held {...parts} name={myName} reason={held.reason} onAsk={() => void ask(held.named)} />
      ) : (
        <WhoForm
          {...{ door, known, who, setWho, busy, failure }}
          onOther={() => setAnother(true)}
          onJoin={() => void join(named)}
        />
      )}
      <SwitchDialog
        old={switching?.old}
        now={asked?.name ?? myName}
        onClose={() => joining.setSwitching(undefined)}
        onConfirm={() => join(switching?.named ?? named, true)}
      />
    </JoinFrame>
  );
}

interface WhoFormProps {
  door: DoorView;
  known: boolean;
  who: Who;
  setWho: (who: Who) => void;
  busy: boolean;
  failure: Failure | undefined;
  onOther: () => void;
  onJoin: () => void;
}

function WhoForm({ door, known, who, setWho, busy, failure, onOther, onJoin }: WhoFormProps) {
  const words = useWords(joinWords);
  const language = useLanguage();
  const ready = known || whoIsComplete(who);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !busy) onJoin();
      }}
    >
      <div className={styles.who}>
        {known ? (
          <Remembered name={door.rememberedAs} onOther={onOther} />
        ) : (
          <WhoPicker units={door.units} rosterOnly={door.rosterOnly} value={who} onChange={setWho} />
        )}
      </div>
      {door.phase === 'draft' && (
        <p className={styles.small}>{words.starts(dateTimeText(door.plannedAt, language))}</p>
      )}
      <div className={styles.foot}>
        {failure && <ErrorNote failure={failure} />}
        <Button type="submit" kind="primary" className={styles.go ?? ''} busy={busy} disabled={!ready}>
          {known ? words.enterAs(door.rememberedAs) : words.enter}
        </Button>
      </div>
      <Notices />
    </form>
  );
}

function Remembered({ name, onOther }: { name: string; onOther: () => void }) {
  const words = useWords(joinWords);
  return (
    <>
      <p>{words.remembered(name)}</p>
      <Button kind="quiet" onClick={onOther}>
        {words.notMe}
      </Button>
    </>
  );
}

function Over({ door }: { door: DoorView }) {
  const words = useWords(joinWords);
  return (
    <JoinFrame>
      <DoorFacts door={door} />
      <div className={styles.who} role="status">
        <h2>{words.endedTitle}</h2>
        <p>{words.endedNote}</p>
        {door.rememberedAs !== '' && (
          <LinkButton href={`/s/${door.sessionId}`}>{words.lookBack(door.rememberedAs)}</LinkButton>
        )}
        <LinkButton href="/j">{words.again}</LinkButton>
      </div>
    </JoinFrame>
  );
}

function NoDoor({ failure, onRetry }: { failure: Failure; onRetry: () => void }) {
  const words = useWords(joinWords);
  const language = useLanguage();
  const unknown = failure.code === 'NOT_FOUND' || failure.code === 'INVALID_INPUT';
  return (
    <JoinFrame>
      <div className={styles.who} role="alert">
        <h1 className={styles.heading}>{unknown ? words.unknownTitle : words.brokenTitle}</h1>
        <p>{unknown ? words.unknownNote : failureText(failure, language)}</p>
        <div className={styles.row}>
          {!unknown && <Button onClick={onRetry}>{words.retry}</Button>}
          <LinkButton href="/j" kind="primary">
            {words.again}
          </LinkButton>
        </div>
      </div>
    </JoinFrame>
  );
}
