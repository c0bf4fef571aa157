// What a socket shows of itself in a live document: where its caret is. Everything else is not passed on.

/** The most that is told of one person, as JSON in UTF-8. */
export const MAX_PRESENCE_BYTES = 1_024;
/** A name of a root type, as in `body`. */
const MAX_FIELD_CHARS = 64;
/** `<row>:<column>` of a list, or the name of a place alone. */
const CELL = /^[\w-]{1,64}(?::\w{1,32})?$/;

interface ItemId {
  client: number;
  clock: number;
}

/** A Yjs relative position as JSON, with all its fields as some bindings need them; at least one is not null. */
export interface RelativePosition {
  type: ItemId | null;
  tname: string | null;
  item: ItemId | null;
  assoc: number;
}

export interface Cursor {
  anchor: RelativePosition;
  head: RelativePosition;
}

/** Where somebody is: in a text (`cursor`) or in a cell of the list. */
export interface Whereabouts {
  cursor?: Cursor;
  cell?: string;
}

/** The parts of a state that may be shown; what is not well-formed counts as not given. Never throws. */
export function whereabouts(state: object): Whereabouts {
  const { cursor, cell } = state as { cursor?: unknown; cell?: unknown };
  const at = readCursor(cursor);
  return {
    ...(at && { cursor: at }),
    ...(typeof cell === 'string' && CELL.test(cell) && { cell }),
  };
}

/** Undefined for anything but two well-formed relative positions. */
export function readCursor(value: unknown): Cursor | undefined {
  if (!isObject(value)) return undefined;
  const anchor = readPosition(value.anchor);
  const head = readPosition(value.head);
  return anchor && head && { anchor, head };
}

function readPosition(value: unknown): RelativePosition | undefined {
  if (!isObject(value)) return undefined;
  const assoc = value.assoc ?? 0;
  const [type, item, tname] = [readId(value.type), readId(value.item), readField(value.tname)];
  if (type === undefined || item === undefined || tname === undefined) return undefined;
  if (type === null && item === null && tname === null) return undefined;
  return isCount(assoc) || assoc === -1 ? { type, tname, item, assoc } : undefined;
}

/** Null when not given, undefined when it is no name. */
function readField(value: unknown): string | null | undefined {
  if (!isGiven(value)) return null;
  return typeof value === 'string' && value.length <= MAX_FIELD_CHARS ? value : undefined;
}

/** Null when not given, undefined when it is no id. */
function readId(value: unknown): ItemId | null | undefined {
  if (!isGiven(value)) return null;
  if (!isObject(value)) return undefined;
  const { client, clock } = value;
  return isCount(client) && isCount(clock) ? { client, clock } : undefined;
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
