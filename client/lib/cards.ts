import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import type { LiveEvents } from '../../shared/contract/events.ts';
import type { SessionCard, SessionOverview, SessionPage } from '../../shared/contract/session.ts';
import type { Failure } from '../../shared/errors.ts';
import { call } from './api.ts';
import { failureOf } from './errors.ts';
import type { Live } from './live.ts';
import { keyOf, queries } from './query.ts';

type Told = LiveEvents['card:changed'];
export type Pages = InfiniteData<SessionPage, string | undefined>;

/** How often a page asks that is told nothing, because it has no line. */
const POLL_MS = 15_000;
/** Changes of an overview are gathered for so long. */
const GATHER_MS = 2_000;

/** The cards of all pages, each once: while pages were read one may have moved from one to another. */
export function cardsOf(pages: Pick<Pages, 'pages'>): SessionCard[] {
  const newest = new Map<string, SessionCard>();
  for (const card of pages.pages.flatMap((page) => page.cards)) {
    const known = newest.get(card.sessionId);
    if (!known || known.revision <= card.revision) newest.set(card.sessionId, card);
  }
  return [...newest.values()];
}

/** The pages with what was told: a card takes its own place, a new one stands on the first page, one that is gone goes. */
export function withCard(pages: Pages, { sessionId, card }: Told): Pages {
  const held = cardsOf(pages).find((each) => each.sessionId === sessionId);
  if (held && card && card.revision < held.revision) return pages;
  const put = (each: SessionCard): SessionCard[] =>
    each.sessionId !== sessionId ? [each] : card ? [card] : [];
  const [first, ...rest] = pages.pages.map((page) => ({ ...page, cards: page.cards.flatMap(put) }));
  if (!first || held || !card) return { ...pages, pages: first ? [first, ...rest] : [] };
  return { ...pages, pages: [{ ...first, cards: [card, ...first.cards] }, ...rest] };
}

/** False when only a new overview can say what has become of the figures. */
export function inOverview(known: SessionOverview, card: SessionCard): SessionOverview | undefined {
  if (known.foremost?.sessionId !== card.sessionId) return known;
  return known.foremost.revision === card.revision ? { ...known, foremost: card } : undefined;
}

const seen = new Map<string, number>();
let gathering: ReturnType<typeof setTimeout> | undefined;

function heed(told: Told): void {
  const { campaignId, sessionId, card } = told;
  queries.setQueriesData<Pages>(
    {
      queryKey: ['session.list'],
      predicate: ({ queryKey }) => {
        const asked = queryKey[1] as { campaignId: string; roomId?: string };
        const inRoom = asked.roomId === undefined || !card || asked.roomId === card.roomId;
        return asked.campaignId === campaignId && inRoom;
      },
    },
    (pages) => pages && withCard(pages, told),
  );
  // Who comes and goes changes no figure but the number of those present.
  const presentOnly = card !== undefined && seen.get(sessionId) === card.revision;
  seen.set(sessionId, card?.revision ?? 0);
  const key = keyOf('session.overview', { campaignId });
  const overview = queries.getQueryData<SessionOverview>(key);
  const patched = presentOnly && overview ? inOverview(overview, card) : undefined;
  if (patched) queries.setQueryData(key, patched);
  else
    gathering ??= setTimeout(
      () => {
        gathering = undefined;
        void queries.invalidateQueries({ queryKey: ['session.overview'] });
      },
      GATHER_MS * (0.5 + Math.random()),
    );
}

function follow(live: Live, campaignId: string, told: (yes: boolean) => void): () => void {
  const watch = (on: boolean) => live.call('session.watch', { campaignId, on });
  const linked = async (): Promise<void> => {
    told(false);
    if (live.link() !== 'connected') return;
    // Without it the page goes on asking from time to time.
    await watch(true).then(
      () => told(true),
      () => undefined,
    );
    // What has changed between the last answer and now.
    await queries.invalidateQueries({ queryKey: ['session.list'] });
    await queries.invalidateQueries({ queryKey: ['session.overview'] });
  };
  const offs = [
    live.on('card:changed', heed),
    live.onLink(() => void linked()),
    // More of the cards may be readable from now on.
    live.on('rights:given', () => void linked()),
  ];
  if (live.link() === 'connected') void linked();
  return () => {
    for (const off of offs) off();
    if (live.link() === 'connected') watch(false).catch(() => undefined);
  };
}

/** While the page is open, the campaign's cards are told as they change. Gives how often to ask all the same: never on a line. */
export function useWatch(campaignId: string): number | undefined {
  const [told, setTold] = useState(false);
  useEffect(() => {
    let stop: (() => void) | undefined;
    let gone = false;
    void import('./live.ts').then(({ live }) => {
      if (!gone) stop = follow(live, campaignId, setTold);
    });
    return () => {
      gone = true;
      stop?.();
    };
  }, [campaignId]);
  return told ? undefined : POLL_MS;
}

export interface CardList {
  cards: SessionCard[] | undefined;
  failure: Failure | undefined;
  retry: () => void;
  /** Reads the next page; undefined when there is none. */
  more: (() => void) | undefined;
  busy: boolean;
}

/** The meetings of a campaign, or of one of its rooms, a page at a time. */
export function useCards(
  input: { campaignId: string; roomId?: string },
  { when = true, every }: { when?: boolean; every?: number | undefined } = {},
): CardList {
  const query = useInfiniteQuery({
    queryKey: keyOf('session.list', input),
    queryFn: ({ pageParam }) =>
      call('session.list', { ...input, ...(pageParam === undefined ? {} : { cursor: pageParam }) }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    enabled: when,
    ...(every !== undefined && { refetchInterval: every }),
  });
  const { refetch, fetchNextPage } = query;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  return {
    cards: query.data && cardsOf(query.data),
    failure: query.data === undefined && query.error ? failureOf(query.error) : undefined,
    retry: useCallback(() => void refetch(), [refetch]),
    more: query.hasNextPage ? more : undefined,
    busy: query.isFetchingNextPage,
  };
}
