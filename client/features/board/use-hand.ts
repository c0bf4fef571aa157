import {
  type CompositionEvent,
  type FocusEvent,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { hasWords, type ProblemRow } from '../../../shared/problem.ts';
import type { CellPresence } from './cell-presence.ts';
import type { Stays } from './list-view.ts';

/** A click that begins by leaving a row still finds its aim where it was. */
const LINGER_MS = 250;

const cellOf = (target: EventTarget | null): string | undefined =>
  (target as HTMLElement | null)?.closest?.<HTMLElement>('[data-cell]')?.dataset.cell;
const rowOf = (cell: string): string => cell.split(':')[0]!;

interface Hand {
  /** Rows that must not go from under somebody's hand. */
  stays: Stays;
  /** The rows in their order; while a word is composed in that which they had: moving a field would tear the word. */
  inOrder(rows: readonly ProblemRow[]): readonly ProblemRow[];
  /** A row that stays on this page though it is empty. */
  keep(rowId: string): void;
  /** Lets go, after an act of one's own that took the row away. */
  leave(): void;
  on: {
    onFocus(event: FocusEvent): void;
    onBlur(event: FocusEvent): void;
    onCompositionStart(event: CompositionEvent): void;
    onCompositionEnd(event: CompositionEvent): void;
  };
}

/** Where the caret of this person is, and which rows stay for that. `open`: the card that is open for writing. */
export function useHand(
  presence: CellPresence | undefined,
  rows: readonly ProblemRow[],
  open: string | undefined,
): Hand {
  const [row, setRow] = useState<string>();
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [composing, setComposing] = useState(false);
  const linger = useRef<ReturnType<typeof setTimeout>>(undefined);
  const order = useRef<readonly ProblemRow[]>([]);
  useEffect(() => () => clearTimeout(linger.current), []);
  const empty = useMemo(
    () => new Set(rows.filter((each) => !hasWords(each)).map((each) => each.rowId)),
    [rows],
  );
  const others = useSyncExternalStore(presence?.subscribe ?? never, () =>
    [...new Set([...(presence?.get().keys() ?? [])].map(rowOf))]
      .filter((id) => empty.has(id))
      .sort()
      .join(),
  );
  const hand = open ?? row;
  const stays = useMemo(
    () => ({ hand, open: new Set([...touched, ...others.split(',')]) }),
    [hand, touched, others],
  );
  const keep = (rowId: string) =>
    setTouched((before) => (before.has(rowId) ? before : new Set([...before, rowId])));
  const release = () => {
    setRow(undefined);
    setComposing(false);
  };
  return {
    stays,
    inOrder(now) {
      order.current = composing ? like(order.current, now) : now;
      return order.current;
    },
    keep,
    leave() {
      if (cellOf(document.activeElement)) (document.activeElement as HTMLElement).blur();
      clearTimeout(linger.current);
      release();
    },
    on: {
      onFocus({ target }) {
        const cell = cellOf(target);
        presence?.enter(cell);
        if (cell === undefined) return;
        clearTimeout(linger.current);
        setRow(rowOf(cell));
        setComposing(false);
        keep(rowOf(cell));
      },
      onBlur() {
        presence?.enter(undefined);
        clearTimeout(linger.current);
        // Another window is in front: the caret is still where it was.
        if (document.hasFocus()) linger.current = setTimeout(release, LINGER_MS);
      },
      onCompositionStart: () => setComposing(true),
      onCompositionEnd: () => setComposing(false),
    },
  };
}

/** The rows of now in the order of before; new ones last. */
function like(before: readonly ProblemRow[], now: readonly ProblemRow[]): readonly ProblemRow[] {
  const place = new Map(before.map(({ rowId }, at) => [rowId, at]));
  const at = ({ rowId }: ProblemRow) => place.get(rowId) ?? before.length;
  return [...now].sort((a, b) => at(a) - at(b));
}

const never = () => () => undefined;
