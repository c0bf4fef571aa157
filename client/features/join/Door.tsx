import { useState } from 'react';
import { useLocation } from 'wouter';
import type { DoorView } from '../../../shared/contract/session.ts';
import type { Failure } from '../../../shared/errors.ts';
import { failureText, PHASE_LABEL } from '../../../shared/labels.ts';
import { api } from '../../lib/api.ts';
import { failureOf, noticeFailure } from '../../lib/errors.ts';
import { live } from '../../lib/live.ts';
import { refreshMe } from '../../lib/me.ts';
import { useAsk } from '../../lib/query.ts';
import { useTitle } from '../../lib/title.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { DoorFacts } from './DoorFacts.tsx';
import { JoinFrame } from './JoinFrame.tsx';
import styles from './join.module.css';
import { Notices } from './Notices.tsx';
import { SwitchDialog } from './SwitchDialog.tsx';
import { NOBODY, type Who, WhoPicker, whoIsComplete } from './WhoPicker.tsx';
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
  const words = useWords(joinWords);
  const language = useLanguage();
  const [, navigate] = useLocation();
  const [who, setWho] = useState<Who>(NOBODY);
  const [another, setAnother] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const [switching, setSwitching] = useState<string>();
  const known = door.rememberedAs !== '' && !another;

  const join = async (switchPerson: boolean): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    try {
      const { personId, name, unitName } = who;
      const person = known ? {} : personId !== '' ? { personId } : { name: name.trim(), unitName };
      const joined = await api.session.join({ code, ...person, ...(switchPerson && { switchPerson }) });
      await refreshMe();
      live.renew();
      navigate(`/s/${joined.sessionId}`, { replace: true });
    } catch (error) {
      noticeFailure(error);
      const failed = failureOf(error);
      if (failed.reason === 'identity.switch') setSwitching(String(failed.facts?.name ?? door.rememberedAs));
      else setFailure(failed);
      setBusy(false);
    }
  };
  const ready = known || whoIsComplete(who);
  return (
    <JoinFrame
      aside={
        <Tag tone={door.phase === 'live' ? 'po' : 'plain'} live={door.phase === 'live'}>
          {PHASE_LABEL[door.phase][language]}
        </Tag>
      }
    >
      <DoorFacts door={door} />
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !busy) void join(false);
        }}
      >
        <div className={styles.who}>
          {known ? (
            <Remembered name={door.rememberedAs} onOther={() => setAnother(true)} />
          ) : (
            <WhoPicker units={door.units} value={who} onChange={setWho} />
          )}
        </div>
        <div className={styles.foot}>
          {failure && <ErrorNote failure={failure} />}
          {door.phase === 'draft' && <p className={styles.small}>{words.starts}</p>}
          <Button type="submit" kind="primary" className={styles.go ?? ''} busy={busy} disabled={!ready}>
            {known ? words.enterAs(door.rememberedAs) : words.enter}
          </Button>
          <Notices />
        </div>
      </form>
      <SwitchDialog
        old={switching}
        now={known ? door.rememberedAs : who.name}
        onClose={() => setSwitching(undefined)}
        onConfirm={() => join(true)}
      />
    </JoinFrame>
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
