import { useCallback } from 'react';
import type { InputOf } from '../../../shared/contract/index.ts';
import type { DoorWait } from '../../../shared/contract/session.ts';
import { api } from '../../lib/api.ts';
import { keyOf, queries, useAsk } from '../../lib/query.ts';

const LOOK_MS = 3_000;

export interface Asking {
  wait: DoorWait | undefined;
  /** Asks to be let in under this name; `let-in` at once when nothing holds it any more. */
  ask(who: Omit<InputOf<'session.ask'>, 'code'>): Promise<DoorWait>;
  stop(): Promise<void>;
}

/** How it stands with what this device asks for at the door. The server keeps it: a reload finds it again. */
export function useAsking(code: string): Asking {
  const known = queries.getQueryData<DoorWait>(keyOf('session.asked', { code }));
  const every = known?.state === 'waiting' ? LOOK_MS : undefined;
  const { data } = useAsk('session.asked', { code }, every === undefined ? {} : { every });
  const keep = useCallback(
    (wait: DoorWait) => void queries.setQueryData(keyOf('session.asked', { code }), wait),
    [code],
  );
  return {
    wait: data,
    ask: async (who) => {
      const wait = await api.session.ask({ code, ...who });
      keep(wait);
      return wait;
    },
    stop: async () => {
      await api.session.stopAsking({ code });
      keep({ state: 'none', personId: '', name: '', chaired: false });
    },
  };
}
