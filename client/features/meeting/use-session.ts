import { useEffect, useState, useSyncExternalStore } from 'react';
import { live } from '../../lib/live.ts';
import { type SessionSnapshot, SessionStore } from '../../lib/session.ts';
import { openShelf } from './shelf.ts';

/** The room's store, opened with the page and closed with it. */
export function useSessionStore(sessionId: string, personId: string): SessionStore | undefined {
  const [store, setStore] = useState<SessionStore>();
  useEffect(() => {
    const made = new SessionStore({ sessionId, personId, live, shelf: openShelf() });
    setStore(made);
    return () => made.close();
  }, [sessionId, personId]);
  useEffect(() => {
    if (!store) return;
    const seen = (): void => {
      const away = document.visibilityState !== 'visible';
      if (!away) store.refresh();
      store.away(away);
    };
    document.addEventListener('visibilitychange', seen);
    addEventListener('pageshow', store.refresh);
    return () => {
      document.removeEventListener('visibilitychange', seen);
      removeEventListener('pageshow', store.refresh);
    };
  }, [store]);
  return store;
}

export function useSnapshot(store: SessionStore): SessionSnapshot {
  return useSyncExternalStore(store.subscribe, store.snapshot);
}
