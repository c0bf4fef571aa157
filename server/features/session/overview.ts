import type { SessionOverview } from '../../../shared/contract/session.ts';
import { type KeptCard, runs } from './cards.ts';

/** A meeting is still "next" for a while after its planned time: somebody is about to start it. */
const GRACE_MS = 3 * 3_600_000;

const earlier = (a: KeptCard, b: KeptCard) => (a.plannedAt < b.plannedAt ? a : b);
const later = (a: KeptCard, b: KeptCard) => (a.plannedAt < b.plannedAt ? b : a);
const best = (cards: readonly KeptCard[], of: (a: KeptCard, b: KeptCard) => KeptCard) =>
  cards.length === 0 ? undefined : cards.reduce(of);

/** The meeting that matters now: one that runs, else the next one planned, else the latest. */
export function foremost(cards: readonly KeptCard[], now: number): KeptCard | undefined {
  const is = (phase: KeptCard['phase']) => cards.filter((card) => card.phase === phase);
  const soon = is('draft').filter((card) => Date.parse(card.plannedAt) > now - GRACE_MS);
  return (
    best(is('live'), later) ??
    best(is('paused'), later) ??
    best(soon, earlier) ??
    best(is('ended'), later) ??
    best(cards, later)
  );
}

/** What the door of each room that had a meeting says. */
export function figuresOf(cards: readonly KeptCard[], now: number): SessionOverview['rooms'] {
  const byRoom = new Map<string, KeptCard[]>();
  for (const card of cards) byRoom.set(card.roomId, [...(byRoom.get(card.roomId) ?? []), card]);
  return [...byRoom].map(([roomId, here]) => {
    const live = here.some(runs);
    const planned = here.filter((card) => card.phase === 'draft' && Date.parse(card.plannedAt) > now);
    const next = live ? undefined : best(planned, earlier);
    return {
      roomId,
      sessions: here.length,
      problems: here.reduce((sum, card) => sum + card.problems, 0),
      live,
      ...(next ? { next: next.plannedAt } : {}),
    };
  });
}
