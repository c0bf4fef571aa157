import { type PointerEvent, useEffect, useRef, useState } from 'react';
import type { Paragraph } from '../../../shared/contract/minutes.ts';
import { sectionLength } from '../../../shared/minutes-order.ts';

const FAR_ENOUGH = 6;
const EDGE = 70;
const STEP = 14;

interface Held {
  id: string;
  from: number;
  y: number;
  pointer: number;
}

/** Where a paragraph that is dragged by its line would come: behind `after`, '' for the first place. */
export interface Drag {
  id: string;
  after: string;
}

export interface DragHandle {
  onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  onPointerUp: (event: PointerEvent<HTMLElement>) => void;
  onPointerCancel: () => void;
  /** True once after a drag: the click that ends it is none. */
  dragged: () => boolean;
}

function scroller(from: Element): Element {
  for (let at: Element | null = from; at; at = at.parentElement)
    if (/auto|scroll/.test(getComputedStyle(at).overflowY) && at.scrollHeight > at.clientHeight) return at;
  return document.scrollingElement ?? document.documentElement;
}

/** Dragging of paragraphs by their line, with a mouse, a pen or a finger. Esc lets go. */
export function useDrag(
  paragraphs: readonly Paragraph[],
  move: ((id: string, after: string) => void) | undefined,
): { drag: Drag | undefined; held: ReadonlySet<string>; handle: (id: string) => DragHandle | undefined } {
  const [drag, setDrag] = useState<Drag>();
  const pressed = useRef<Held>(undefined);
  const over = useRef(false);
  const latest = useRef(drag);
  latest.current = drag;
  const letGo = () => {
    pressed.current = undefined;
    setDrag(undefined);
  };
  const active = drag !== undefined;
  useEffect(() => {
    if (!active) return;
    const key = (event: KeyboardEvent) => event.key === 'Escape' && letGo();
    addEventListener('keydown', key);
    return () => removeEventListener('keydown', key);
  }, [active]);

  /** What is moved with it. */
  const blockOf = (id: string | undefined): ReadonlySet<string> => {
    const at = paragraphs.findIndex((each) => each.id === id);
    const length = at < 0 ? 0 : sectionLength(paragraphs, at);
    return new Set(paragraphs.slice(at, at + length).map((each) => each.id));
  };
  /** The last paragraph whose middle lies above, outside of what is dragged. */
  const placeAt = (line: Element, id: string, y: number): string => {
    const block = blockOf(id);
    let after = '';
    for (const row of line.closest('article')?.querySelectorAll<HTMLElement>('[data-paragraph]') ?? []) {
      const own = row.dataset['paragraph'] ?? '';
      const box = row.getBoundingClientRect();
      if (!block.has(own) && box.top + box.height / 2 < y) after = own;
    }
    return after;
  };

  const handle = (id: string): DragHandle | undefined =>
    move && {
      onPointerDown(event) {
        over.current = false;
        if (event.button !== 0) return;
        const y = event.clientY;
        // From now on the line hears of the pointer wherever it goes.
        event.currentTarget.setPointerCapture(event.pointerId);
        pressed.current = { id, from: y, y, pointer: event.pointerId };
      },
      onPointerMove(event) {
        const own = pressed.current;
        if (!own || own.pointer !== event.pointerId) return;
        own.y = event.clientY;
        if (!latest.current && Math.abs(own.y - own.from) < FAR_ENOUGH) return;
        const line = event.currentTarget;
        const box = scroller(line);
        const [top, bottom] =
          box === document.scrollingElement
            ? [0, innerHeight]
            : [box.getBoundingClientRect().top, box.getBoundingClientRect().bottom];
        if (own.y < top + EDGE) box.scrollBy(0, -STEP);
        else if (own.y > bottom - EDGE) box.scrollBy(0, STEP);
        const after = placeAt(line, own.id, own.y);
        setDrag((old) => (old?.after === after ? old : { id: own.id, after }));
      },
      onPointerUp() {
        const end = latest.current;
        over.current = end !== undefined;
        letGo();
        if (end) move(end.id, end.after);
      },
      onPointerCancel: letGo,
      dragged() {
        const was = over.current;
        over.current = false;
        return was;
      },
    };
  return { drag, held: blockOf(drag?.id), handle };
}
