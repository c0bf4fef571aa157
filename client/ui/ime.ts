import type { KeyboardEvent } from 'react';

/**
 * True while an input method composes: the key then belongs to it. Chrome says so on the event; Safari and some Windows
 * input methods send the confirming Enter after `compositionend`, with key code 229.
 */
export function isComposing(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.keyCode === 229 || event.key === 'Process';
}
