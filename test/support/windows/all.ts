import { browsers } from '../browser.ts';
import { openChromium } from './chromium.ts';
import { firefoxMissing, openFirefox } from './firefox.ts';
import { openWebkit, webkitMissing } from './webkit.ts';
import { Window } from './window.ts';

const current = browsers.find(({ kind }) => kind === 'current')!;

export interface Engine {
  title: string;
  /** Why its tests are skipped. */
  missing: string | undefined;
  /** The narrowest window it can have, in px. */
  narrowest: number;
  /** A window of a browser of its own, with nobody signed in; close it. */
  open: () => Promise<Window>;
}

/**
 * For `describe.each(engines)('in $title', ({ open, missing }) => …)`; see `browsers` for how to skip aloud.
 */
export const engines: Engine[] = [
  {
    title: 'Firefox ESR',
    missing: firefoxMissing,
    narrowest: 320,
    open: async () => new Window(await openFirefox()),
  },
  {
    title: 'WebKitGTK',
    missing: webkitMissing,
    narrowest: 334,
    open: async () => new Window(await openWebkit()),
  },
  {
    title: 'Chromium',
    missing: current.missing,
    narrowest: 320,
    open: async () => new Window(await openChromium('current')),
  },
];
