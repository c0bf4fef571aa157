import type { LiveDocument } from './open-document.ts';

/** The last events of a composition reach the document after `compositionend`. */
const SETTLE_MS = 80;
/** An input method that went away without a word. */
const WATCHDOG_MS = 10_000;
/** Before the editor's own listeners; blur does not bubble. */
const CAPTURE = { capture: true };

/**
 * While an input method composes in `element`, nothing from others reaches the document and nothing half-typed leaves it.
 * Let go 80 ms after the composition ends, when the element loses the focus, and after 10 s without a key. Returns how to stop.
 */
export function holdWhileComposing(live: Pick<LiveDocument, 'hold'>, element: EventTarget): () => void {
  let held = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const letGo = (): void => {
    clearTimeout(timer);
    if (!held) return;
    held = false;
    live.hold(false);
  };
  const after = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(letGo, ms);
  };
  const begin = (): void => {
    after(WATCHDOG_MS);
    if (held) return;
    held = true;
    live.hold(true);
  };
  const key = (): void => {
    if (held) after(WATCHDOG_MS);
  };
  const end = (): void => {
    if (held) after(SETTLE_MS);
  };
  const listeners: Record<string, () => void> = {
    compositionstart: begin,
    compositionupdate: begin,
    compositionend: end,
    keydown: key,
    blur: letGo,
    focusout: letGo,
  };
  for (const [event, listener] of Object.entries(listeners))
    element.addEventListener(event, listener, CAPTURE);
  return () => {
    for (const [event, listener] of Object.entries(listeners))
      element.removeEventListener(event, listener, CAPTURE);
    letGo();
  };
}
