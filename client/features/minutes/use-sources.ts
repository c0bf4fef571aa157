import { useQuery } from '@tanstack/react-query';
import type { Failure } from '../../../shared/errors.ts';
import type { Entry } from '../../../shared/log.ts';
import { call } from '../../lib/api.ts';
import { failureOf } from '../../lib/errors.ts';
import { keyOf, queries } from '../../lib/query.ts';

const PAGE = 500;
const FRESH_MS = 60_000;

/** Only the pages of the log in which the wanted entries stand. */
async function read(sessionId: string, seqs: readonly number[]): Promise<Entry[]> {
  const pages = [...new Set(seqs.map((seq) => Math.floor((seq - 1) / PAGE)))];
  const found = await Promise.all(
    pages.map((page) => {
      const input = { sessionId, after: page * PAGE, limit: PAGE };
      return queries.fetchQuery({
        queryKey: keyOf('session.entries', input),
        queryFn: () => call('session.entries', input),
        staleTime: FRESH_MS,
      });
    }),
  );
  const wanted = new Set(seqs);
  return found.flat().filter((entry) => wanted.has(entry.seq));
}

/** The entries at these places of the log, as this person may see them. */
export function useSources(
  sessionId: string,
  seqs: readonly number[],
  upTo: number,
): { entries: Entry[] | undefined; failure: Failure | undefined; retry: () => void } {
  const query = useQuery({
    queryKey: ['minutes.sources', sessionId, upTo, seqs],
    queryFn: () => read(sessionId, seqs),
    enabled: seqs.length > 0,
    staleTime: FRESH_MS,
  });
  return {
    entries: seqs.length === 0 ? [] : query.data,
    failure: query.data === undefined && query.error ? failureOf(query.error) : undefined,
    retry: () => void query.refetch(),
  };
}
