import { useLayoutEffect, useState } from 'react';

/** How wide the inside of an element is, in px, without its scroll bar; undefined before it is drawn. */
export function useWidth(element: { current: HTMLElement | null }): number | undefined {
  const [width, setWidth] = useState<number>();
  useLayoutEffect(() => {
    const own = element.current;
    if (!own) return;
    const measure = () => setWidth(own.clientWidth);
    // Before it is painted for the first time, so that nothing jumps.
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(own);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
