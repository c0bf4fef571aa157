import * as Y from 'yjs';

/** Far above any list or table that people make, far below where Yjs, which deletes by recursion, runs out of stack. */
export const MAX_DEPTH = 200;

/** A piece hangs on what is known but neither stored nor in the update: how deep that is cannot be said yet. */
export class NotStoredYet extends Error {}

type Struct = Y.Item | Y.GC | Y.Skip;
type Runs = ReadonlyMap<number, readonly Struct[]>;

/**
 * True if the update makes types within types, or values within values, too deep; throws NotStoredYet. Without this, 40 KB and one deletion of
 * six bytes would leave a stored document that nobody can load any more. Expects that all anchors are known and in order.
 */
export function nestsTooDeep(runs: Runs, stored: { look(): Y.Doc }): boolean {
  const depths = new Map<Struct, number>();
  for (const run of runs.values())
    for (const struct of run) {
      if (!(struct instanceof Y.Item)) continue;
      if (struct.content instanceof Y.ContentType && depthOf(struct, runs, stored, depths) > MAX_DEPTH)
        return true;
      if (valuesIn(struct.content).some((value) => isDeep(value, MAX_DEPTH))) return true;
    }
  return false;
}

function valuesIn(content: Y.Item['content']): readonly unknown[] {
  if (content instanceof Y.ContentAny || content instanceof Y.ContentJSON) return content.arr;
  if (content instanceof Y.ContentEmbed) return [content.embed];
  return content instanceof Y.ContentFormat ? [content.value] : [];
}

function isDeep(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return false;
  return left === 0 || Object.values(value).some((each) => isDeep(each, left - 1));
}

/** How many types stand around an item of the update. Follows parents and neighbours without recursion. */
function depthOf(item: Y.Item, runs: Runs, stored: { look(): Y.Doc }, depths: Map<Struct, number>): number {
  const shortcut = oneStep(item, runs, depths);
  if (shortcut !== undefined) return shortcut;
  const path: { item: Y.Item; deeper: number }[] = [];
  let depth = 0;
  for (let at: Struct | undefined = item; at; ) {
    const known = depths.get(at) ?? (isStored(at) ? depthInDoc(at) : undefined);
    if (known !== undefined || !(at instanceof Y.Item)) {
      depth = known ?? 0;
      break;
    }
    const parent: unknown = at.parent;
    const inside = parent instanceof Y.ID;
    path.push({ item: at, deeper: inside || typeof parent === 'string' ? 1 : 0 });
    const next: Y.ID | null = inside
      ? parent
      : typeof parent === 'string'
        ? null
        : (at.origin ?? at.rightOrigin);
    at = next ? (inUpdate(runs, next) ?? inDoc(stored.look(), next)) : undefined;
    if (next && !at) throw new NotStoredYet();
  }
  for (const { item: passed, deeper } of path.reverse()) {
    depth += deeper;
    depths.set(passed, depth);
  }
  return depth;
}

/** The same where it can be said at once, as for nearly all of a large update: under a root, or beside or in what was just looked at. */
function oneStep(item: Y.Item, runs: Runs, depths: Map<Struct, number>): number | undefined {
  const parent: unknown = item.parent;
  let depth: number | undefined;
  if (typeof parent === 'string') depth = 1;
  else {
    const inside = parent instanceof Y.ID;
    const next = inside ? parent : (item.origin ?? item.rightOrigin);
    const there = next ? inUpdate(runs, next) : undefined;
    const known = there && depths.get(there);
    depth = known === undefined ? undefined : known + (inside ? 1 : 0);
  }
  if (depth !== undefined) depths.set(item, depth);
  return depth;
}

/** Items of a document know their parent as a type; those of an update know an id, a name or nothing. */
const isStored = (struct: Struct): struct is Y.Item =>
  struct instanceof Y.Item && struct.parent instanceof Y.AbstractType;

function depthInDoc(item: Y.Item): number {
  let depth = 0;
  for (let at: Y.Item | null = item; at && depth <= MAX_DEPTH; depth++)
    at = at.parent instanceof Y.AbstractType ? at.parent._item : null;
  return depth;
}

function inUpdate(runs: Runs, { client, clock }: Y.ID): Struct | undefined {
  const run = runs.get(client) ?? [];
  let [low, high] = [0, run.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const struct = run[middle]!;
    if (clock < struct.id.clock) high = middle - 1;
    else if (clock >= struct.id.clock + struct.length) low = middle + 1;
    else return struct;
  }
  return undefined;
}

function inDoc(doc: Y.Doc, { client, clock }: Y.ID): Struct | undefined {
  const structs = doc.store.clients.get(client);
  const last = structs?.at(-1);
  if (!structs || !last || clock >= last.id.clock + last.length) return undefined;
  return structs[Y.findIndexSS(structs, clock)];
}
