export type ColumnField =
  | 'topic'
  | 'problem'
  | 'source'
  | 'cause'
  | 'units'
  | 'owner'
  | 'proposedOn'
  | 'status';

export interface Column {
  field: ColumnField;
  /** In px. A long column has at least that much, and a share of what is left. */
  width: number;
  long?: boolean;
}

/** The columns of the list in their official order. */
export const COLUMNS: readonly Column[] = [
  { field: 'topic', width: 124 },
  { field: 'problem', width: 176, long: true },
  { field: 'source', width: 104 },
  { field: 'cause', width: 145, long: true },
  { field: 'units', width: 132 },
  { field: 'owner', width: 88 },
  { field: 'proposedOn', width: 150 },
  { field: 'status', width: 112 },
];
/** Beside the talk: what is talked about comes first. */
const ROOM_ORDER: readonly ColumnField[] = [
  'problem',
  'cause',
  'owner',
  'status',
  'source',
  'units',
  'proposedOn',
  'topic',
];
/** Which goes first where not all have room. */
const LEAVE: readonly ColumnField[] = ['proposedOn', 'units', 'source', 'topic', 'owner', 'status'];

export const NUMBER_WIDTH = 56;
export const MENU_WIDTH = 48;

export const widthOf = (columns: readonly Column[]): number =>
  columns.reduce((sum, { width }) => sum + width, NUMBER_WIDTH + MENU_WIDTH);

export interface ColumnsAsked {
  inRoom: boolean;
  /** Every row has the same topic, so that its column says nothing. */
  oneTopic: boolean;
  /** What there is for the table, in px. */
  room: number;
  /** What somebody has chosen to see; undefined: as many as are seen whole. */
  chosen: readonly ColumnField[] | undefined;
}

/** The columns that can be seen here at all, in their order here. */
export function columnsHere({ inRoom, oneTopic }: Pick<ColumnsAsked, 'inRoom' | 'oneTopic'>): Column[] {
  const order = inRoom ? ROOM_ORDER : COLUMNS.map(({ field }) => field);
  const all = order.map((field) => COLUMNS.find((column) => column.field === field)!);
  return all.filter(({ field }) => !(inRoom && oneTopic && field === 'topic'));
}

/** The columns to show: those that were chosen, or without a choice as many as fit whole. The long ones always stay. */
export function columnsFor(asked: ColumnsAsked): Column[] {
  const here = columnsHere(asked);
  const { chosen, room } = asked;
  if (chosen) return here.filter(({ field, long }) => long || chosen.includes(field));
  let shown = here;
  for (const field of LEAVE) {
    if (widthOf(shown) <= room) break;
    shown = shown.filter((column) => column.field !== field);
  }
  return shown;
}
