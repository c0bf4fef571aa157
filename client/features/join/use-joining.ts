import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Failure } from '../../../shared/errors.ts';
import { api } from '../../lib/api.ts';
import { failureOf, noticeFailure } from '../../lib/errors.ts';
import { live } from '../../lib/live.ts';
import { refreshMe } from '../../lib/me.ts';
import { useAsking } from './use-asking.ts';

/** Whom a phone says it is; nothing is "as who I am". */
export type Named = { personId: string } | { name: string; unitName: string } | Record<string, never>;

const isHeld = ({ reason }: Failure): boolean => reason === 'door.staff' || reason === 'door.present';

/** What a phone does at the door: it joins, or asks to be let in under a name that is held and joins then. */
export function useJoining(code: string, known: string) {
  const [, navigate] = useLocation();
  const asking = useAsking(code);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const [switching, setSwitching] = useState<{ old: string; named: Named }>();
  const [held, setHeld] = useState<{ named: Named; reason: string }>();

  async function run(deed: () => Promise<unknown>): Promise<void> {
    setBusy(true);
    setFailure(undefined);
    try {
      await deed();
    } catch (error) {
      noticeFailure(error);
      setFailure(failureOf(error));
    } finally {
      setBusy(false);
    }
  }

  async function enter(named: Named, switchPerson: boolean): Promise<void> {
    try {
      const joined = await api.session.join({ code, ...named, ...(switchPerson && { switchPerson }) });
      await refreshMe();
      live.renew();
      navigate(`/s/${joined.sessionId}`, { replace: true });
    } catch (error) {
      const failed = failureOf(error);
      if (failed.reason === 'identity.switch')
        setSwitching({ old: String(failed.facts?.name ?? known), named });
      else if (isHeld(failed)) setHeld({ named, reason: failed.reason });
      else throw error;
    }
  }

  const join = (named: Named, switchPerson = false) => run(() => enter(named, switchPerson));
  const ask = (named: Named) =>
    run(async () => {
      const wait = await asking.ask(named);
      if (wait.state === 'let-in') await enter(named, false);
    });
  const back = () =>
    run(async () => {
      setHeld(undefined);
      if (asking.wait && asking.wait.state !== 'none') await asking.stop();
    });
  return { ...{ wait: asking.wait, busy, failure, switching, setSwitching, held }, join, ask, back };
}
