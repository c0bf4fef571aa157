import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { failureText } from '../../../shared/labels.ts';
import { failureOf, noticeFailure } from '../../lib/errors.ts';
import type { SessionStore } from '../../lib/session.ts';
import { useTitle } from '../../lib/title.ts';
import { language } from '../../lib/words.ts';
import { toast } from '../../ui/toast.ts';
import { Board } from './BoardLater.tsx';
import { Closed } from './Closed.tsx';
import { Me } from './MeLater.tsx';
import { MyAnswer } from './MyAnswerLater.tsx';
import { Ended } from './PhasesLater.tsx';
import { Rail } from './RailLater.tsx';
import { Records } from './RecordsLater.tsx';
import { canWith, type DialogName, inside, type PhoneTab, type Room, RoomContext } from './room.ts';
import { RoomFrame } from './RoomFrame.tsx';
import { RoomView } from './RoomView.tsx';
import { HalfWritten, LeftOutside } from './UnsentLater.tsx';
import { useMessageDeeds } from './use-message-deeds.ts';
import { useSessionStore, useSnapshot } from './use-session.ts';
import { useWide } from './use-wide.ts';

async function run(deed: () => Promise<unknown>): Promise<boolean> {
  try {
    await deed();
    return true;
  } catch (error) {
    noticeFailure(error);
    toast(failureText(failureOf(error), language()), 'bad');
    return false;
  }
}

export function Meeting({ sessionId, personId }: { sessionId: string; personId: string }) {
  const store = useSessionStore(sessionId, personId);
  return store ? <OpenMeeting store={store} myId={personId} /> : <RoomFrame />;
}

/** Being here is an entry of the log: made once, when the room is open and I am not in it yet. */
function useEntering(store: SessionStore, myId: string): void {
  const { status, state, link } = useSnapshot(store);
  const me = state.people[myId];
  const outside = !me || !inside(me);
  const due = status === 'ready' && state.phase !== 'ended' && outside && me?.removed !== true;
  const asked = useRef(false);
  useEffect(() => {
    if (!due || asked.current) return;
    asked.current = true;
    store
      .act('session.enter', {})
      .catch(noticeFailure)
      .finally(() => {
        asked.current = false;
      });
  }, [due, store, link]);
}

const RESERVE_AFTER_MS = 2_000;

/** What is one press away is fetched while the network is there, after what is needed at once. */
function useReserve(ready: boolean): void {
  useEffect(() => {
    if (!ready) return;
    const timer = setTimeout(() => {
      for (const part of [Rail, Me, Ended, Board, Records, MyAnswer, HalfWritten, LeftOutside])
        void part.load();
      import('./RoomDialogs.tsx').catch(() => undefined);
    }, RESERVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [ready]);
}

function OpenMeeting({ store, myId }: { store: SessionStore; myId: string }) {
  const view = useSnapshot(store);
  const wide = useWide();
  const [dialog, openDialog] = useState<DialogName>();
  const [devicesOf, setDevicesOf] = useState('');
  const [tab, setTab] = useState<PhoneTab>('talk');
  const [rowAsked, askRow] = useState('');
  const [messageAsked, askMessage] = useState({ messageId: '', times: 0 });
  const showRow = useCallback((rowId: string) => {
    setTab('list');
    // First none, so that asking for the same row again is a change.
    askRow('');
    setTimeout(() => askRow(rowId), 0);
  }, []);
  const deeds = useMessageDeeds(store, run, showRow);
  useTitle(view.state.schedule?.title);
  useEntering(store, myId);
  useReserve(view.status === 'ready');
  const may = useMemo(() => canWith(view.roles, myId), [view.roles, myId]);
  if (view.status === 'loading') return <RoomFrame />;
  if (view.status !== 'ready')
    return (
      <Closed
        failure={view.failure ?? { code: 'UNAVAILABLE', reason: 'server.unreachable' }}
        {...(view.status === 'failed' && { onRetry: () => store.retry() })}
      >
        <LeftOutside personId={myId} sessionId={view.state.sessionId} />
      </Closed>
    );
  const room: Room = {
    store,
    view,
    state: view.state,
    myId,
    wide,
    can: may,
    run,
    openDialog,
    openDevices: (whose) => {
      setDevicesOf(whose);
      openDialog('devices');
    },
    devicesOf,
    tab,
    setTab,
    rowAsked,
    deeds,
    messageAsked,
    showMessage: (messageId) => {
      askMessage(({ times }) => ({ messageId, times: times + 1 }));
      setTab('talk');
    },
  };
  return (
    <RoomContext value={room}>
      <RoomView dialog={dialog} onDialogClose={() => openDialog(undefined)} />
    </RoomContext>
  );
}
