import type { KeyboardEvent } from 'react';

/**
 * True while an input method composes: the key then belongs to it. Chrome says so on the event; Safari and some Windows
 * input methods send the confirming Enter after `compositionend`, with key code 229.
 */
export function isComposing(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.keyCode === 229 || event.key === 'Process';
}

/** A key handler that never acts on a key of the input method. */
export function imeGuard<E extends KeyboardEvent>(handler: (event: E) => void): (event: E) => void {
  return (event) => {
    if (!isComposing(event)) handler(event);
  };
}
