/** A cookie of a server, as `TestClient.cookies` has it. */
export interface Cookie {
  name: string;
  value: string;
}

/** Keys that are no letters, and what W3C WebDriver calls them. */
export const KEYS = {
  Enter: '\uE007',
  Tab: '\uE004',
  Escape: '\uE00C',
  Backspace: '\uE003',
  ArrowDown: '\uE015',
  ArrowUp: '\uE013',
} as const;
export type Key = keyof typeof KEYS;

/** What each engine can be told. Lengths are CSS px; everything else is built on this once (see window.ts). */
export interface Driver {
  goto(url: string): Promise<void>;
  /** The size of what a page is drawn on. Throws where the engine cannot be that small. */
  resize(width: number, height: number): Promise<void>;
  /** Calls a function of JavaScript (its source) in the page with values of JSON; answers with the value of its promise. */
  run(source: string, args: readonly unknown[]): Promise<unknown>;
  /** Presses the main button of the mouse at a point of the viewport. */
  click(x: number, y: number): Promise<void>;
  /** Types into whatever has the focus. */
  type(text: string): Promise<void>;
  press(key: Key): Promise<void>;
  setCookies(url: string, cookies: readonly Cookie[]): Promise<void>;
  /** A PNG of the viewport. */
  screenshot(): Promise<Buffer>;
  /** Ends the browser and all of its processes. */
  close(): Promise<void>;
}

/** The source of a function that takes its arguments as JSON and answers with JSON: the same in every protocol. */
export const jsonCall = (source: string): string =>
  `(json) => Promise.resolve((${source})(...JSON.parse(json))).then((value) => JSON.stringify(value ?? null))`;

/** A press of the mouse, as both WebDriver protocols write it. */
export const clickAt = (x: number, y: number) => [
  {
    type: 'pointer',
    id: 'mouse',
    parameters: { pointerType: 'mouse' },
    actions: [
      { type: 'pointerMove', x: Math.round(x), y: Math.round(y) },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ],
  },
];

/** Keys pressed one after the other, as both WebDriver protocols write them. */
export const typing = (keys: readonly string[]) => [
  {
    type: 'key',
    id: 'keyboard',
    actions: keys.flatMap((value) => [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ]),
  },
];
