import { Window } from 'happy-dom';

/** What editors look for in the global scope. Not more: `fetch` and `WebSocket` stay those of node. */
const NAMES = [
  'window',
  'document',
  'navigator',
  'Node',
  'Element',
  'HTMLElement',
  'Text',
  'Range',
  'DocumentFragment',
  'MutationObserver',
  'KeyboardEvent',
  'getSelection',
  'getComputedStyle',
  'requestAnimationFrame',
  'cancelAnimationFrame',
];

// A page without a browser, from the moment this file is imported: some libraries look for `document` once, when they are loaded.
const window = new Window({ url: 'http://board.test/' });
for (const name of NAMES) {
  const value: unknown = Reflect.get(window, name);
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

/** An empty place for an editor. The page has no layout: an editor is to be looked at as text. */
export function placeOnPage(): HTMLElement {
  const place = document.createElement('div');
  document.body.append(place);
  return place;
}

/** Presses a key in the element that has the focus. */
export function press(key: string, ctrlKey = false): void {
  const event = new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true });
  document.activeElement?.dispatchEvent(event);
}

/** Ends what the page still does by itself. */
export const closePage = (): Promise<void> => window.happyDOM.close();
