import { type ComponentType, createElement, type ReactNode, useEffect, useState } from 'react';
import { reloadIfServed } from './lib/errors.ts';
import { ErrorNote } from './ui/ErrorNote.tsx';
import { useOnline } from './ui/OfflineStrip.tsx';

const PATIENCE_MS = 8_000;

/** A part of a page with a chunk of its own. `load()` fetches it ahead of need and never throws. */
export type Later<P extends object> = ComponentType<P> & { load(): Promise<void> };

/**
 * A part that is loaded when it is first shown, with `frame` in its place meanwhile. Unlike React's `lazy` it can fail:
 * without a network, or when the server is silent, it says so and tries again when the network is back or when asked.
 */
export function later<P extends object>(
  fetchPart: () => Promise<{ default: ComponentType<P> }>,
  frame: ReactNode,
): Later<P> {
  let part: ComponentType<P> | undefined;
  const load = async (): Promise<void> => {
    part ??= (await fetchPart()).default;
  };
  function Part(props: P) {
    const [state, setState] = useState<'loading' | 'failed' | 'there'>(part ? 'there' : 'loading');
    const [tries, setTries] = useState(0);
    const online = useOnline();
    useEffect(() => {
      if (part) return setState('there');
      let gone = false;
      const tell = (next: typeof state) => {
        if (!gone) setState(next);
      };
      setState(online ? 'loading' : 'failed');
      const timer = setTimeout(() => tell('failed'), PATIENCE_MS);
      load()
        .then(() => tell('there'))
        .catch(() => {
          tell('failed');
          void reloadIfServed();
        })
        .finally(() => clearTimeout(timer));
      return () => {
        gone = true;
        clearTimeout(timer);
      };
    }, [online, tries]);
    if (part) return createElement(part, props);
    if (state !== 'failed') return frame;
    const failure = {
      code: 'UNAVAILABLE',
      reason: online ? 'server.unreachable' : 'network.offline',
    } as const;
    return <ErrorNote failure={failure} onRetry={() => setTries(tries + 1)} />;
  }
  return Object.assign(Part, { load: () => load().catch(() => undefined) });
}
