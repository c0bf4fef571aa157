interface Extent {
  top: number;
  bottom: number;
}

const GAP = 6;

/**
 * Where the tools of a table float, as the top of their bar, all in px of the same scale: above the table while there is
 * room, else below it, else at that edge of what is seen which the caret is farther from. It covers no line that is written in.
 */
export function barPlace(table: Extent, view: Extent, caret: Extent, height: number): number {
  const above = table.top - height - GAP;
  if (above >= view.top) return above;
  const below = table.bottom + GAP;
  if (below + height <= view.bottom) return below;
  const [first, last] = [view.top + GAP, view.bottom - height - GAP];
  return caret.top - first > last - caret.bottom ? first : last;
}
