interface Ordered {
  order: number;
}

/**
 * What must be written so that the thing at `index` moves by `by` places: each thing whose number changes, with its new
 * one. Numbers may have gaps or ties from earlier times; afterwards they count from 1.
 */
export function reordered<T extends Ordered>(
  things: readonly T[],
  index: number,
  by: number,
): { thing: T; order: number }[] {
  const to = index + by;
  const moving = things[index];
  if (!moving || to < 0 || to >= things.length) return [];
  const next = [...things];
  next.splice(index, 1);
  next.splice(to, 0, moving);
  return next
    .map((thing, n) => ({ thing, order: n + 1 }))
    .filter(({ thing, order }) => thing.order !== order);
}
