import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

const NEAR = 48;

export interface Stick {
  box: RefObject<HTMLDivElement | null>;
  inner: RefObject<HTMLDivElement | null>;
  /** New lines stand below what the reader looks at. */
  below: boolean;
  toBottom(): void;
  /** Call before older lines are put on top: the reader's place stays. */
  hold(): void;
}

/** Keeps a scrolling box at its end, unless the reader has scrolled up. `last` names the newest line. */
export function useStick(last: string): Stick {
  const box = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const stuck = useRef(true);
  const held = useRef<number | undefined>(undefined);
  const [below, setBelow] = useState(false);

  const toBottom = useCallback(() => {
    stuck.current = true;
    setBelow(false);
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }, []);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const scrolled = (): void => {
      stuck.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
      if (stuck.current) setBelow(false);
    };
    const grown = new ResizeObserver(() => {
      if (stuck.current) element.scrollTop = element.scrollHeight;
    });
    element.addEventListener('scroll', scrolled, { passive: true });
    grown.observe(element);
    if (inner.current) grown.observe(inner.current);
    return () => {
      element.removeEventListener('scroll', scrolled);
      grown.disconnect();
    };
  }, []);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    if (held.current !== undefined) {
      element.scrollTop = element.scrollHeight - held.current;
      held.current = undefined;
    } else if (stuck.current) element.scrollTop = element.scrollHeight;
  });

  const known = useRef(last);
  useEffect(() => {
    if (known.current !== last && !stuck.current) setBelow(true);
    known.current = last;
  }, [last]);

  const hold = useCallback(() => {
    if (box.current) held.current = box.current.scrollHeight - box.current.scrollTop;
  }, []);
  return { box, inner, below, toBottom, hold };
}
