import { type KeyboardEvent, useRef, useState } from 'react';
import { isComposing } from '../../ui/ime.ts';

/**
 * Tells whether a key belongs to the input method. Safari sends the Enter that confirms a word after `compositionend`,
 * so the flag falls only after the keys of that moment have passed.
 */
export function useComposing() {
  const flag = useRef(false);
  const [composing, setComposing] = useState(false);
  return {
    composing,
    owns: (event: KeyboardEvent) => flag.current || isComposing(event),
    handlers: {
      onCompositionStart: () => {
        flag.current = true;
        setComposing(true);
      },
      onCompositionEnd: () => {
        setComposing(false);
        setTimeout(() => {
          flag.current = false;
        }, 0);
      },
    },
  };
}
