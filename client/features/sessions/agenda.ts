import { newId } from '../../../shared/ids.ts';

/** An item as it is typed: the minutes are text until they are a number. */
export interface ItemDraft {
  id: string;
  title: string;
  minutes: string;
  /** The item of an earlier meeting that it takes up again. */
  from?: { sessionId: string; itemId: string };
}

/** What a symposium usually does, with its minutes: sixty in all. */
export const USUAL_ITEMS = [
  ['opening', 5],
  ['round', 35],
  ['sorting', 10],
  ['closing', 10],
] as const;
export const USUAL_MINUTES = 60;

export function usualAgenda(titles: Readonly<Record<(typeof USUAL_ITEMS)[number][0], string>>): ItemDraft[] {
  return USUAL_ITEMS.map(([key, minutes]) => ({ id: newId(), title: titles[key], minutes: String(minutes) }));
}

/** Whole minutes of what is typed, full-width digits too; NaN while it is none. */
export function minutesOf(text: string): number {
  const plain = text.normalize('NFKC').trim();
  return /^\d+$/.test(plain) ? Number(plain) : Number.NaN;
}

/** Sum of the items; what is not a number yet counts nothing. */
export function agendaSum(items: readonly ItemDraft[]): number {
  return items.reduce((sum, item) => sum + (minutesOf(item.minutes) || 0), 0);
}

/** Minutes by which the items exceed the plan (positive) or fall short of it (negative). */
export function overrun(items: readonly ItemDraft[], planned: number): number {
  return Number.isNaN(planned) ? 0 : agendaSum(items) - planned;
}

/** The list with one item moved by `by` places; at the ends it stays. */
export function moved<T>(items: readonly T[], index: number, by: number): T[] {
  const to = index + by;
  if (to < 0 || to >= items.length) return [...items];
  const next = [...items];
  const [item] = next.splice(index, 1);
  next.splice(to, 0, item!);
  return next;
}

/** With more items, before the one that closes the meeting. */
export function inserted<T>(items: readonly T[], more: readonly T[]): T[] {
  const at = items.length > 1 ? items.length - 1 : items.length;
  return [...items.slice(0, at), ...more, ...items.slice(at)];
}
