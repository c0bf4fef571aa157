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
  let failed = false;
  const load = async (): Promise<void> => {
    if (part) return;
    try {
      if (failed) await mendStyles();
      part = (await fetchPart()).default;
    } catch (error) {
      failed = true;
      throw error;
    }
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

/** The loader asks for a style sheet once only: those that did not come are asked for again. */
async function mendStyles(): Promise<void> {
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')];
  // Chromium gives a sheet that did not come an empty one.
  const absent = links.filter((link) => !link.sheet || link.sheet.cssRules.length === 0);
  await Promise.all(
    absent.map(
      (link) =>
        new Promise((loaded, lost) => {
          const again = link.cloneNode() as HTMLLinkElement;
          again.addEventListener('load', loaded);
          again.addEventListener('error', () => lost(new Error(`Unable to preload CSS for ${link.href}`)));
          link.replaceWith(again);
        }),
    ),
  );
}
