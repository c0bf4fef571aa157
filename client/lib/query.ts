import {
  MutationCache,
  QueryCache,
  QueryClient,
  type QueryKey,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { InputOf, OutputOf, ProcedureName } from '../../shared/contract/index.ts';
import { AppError, type Failure } from '../../shared/errors.ts';
import { call } from './api.ts';
import { failureOf, noticeFailure } from './errors.ts';

const mends = (error: unknown) =>
  error instanceof AppError && (error.code === 'UNAVAILABLE' || error.code === 'RATE_LIMITED');

/** One cache for what the server knows. `networkMode: always`, because a LAN without the internet counts as offline. */
export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: noticeFailure }),
  mutationCache: new MutationCache({ onError: noticeFailure }),
  defaultOptions: {
    queries: {
      networkMode: 'always',
      staleTime: 5_000,
      retry: (count, error) => count < 3 && mends(error),
      retryDelay: (count) => Math.min(8_000, 600 * 2 ** count),
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

/** Where the answer of a query stands in the cache; without input: all answers of that query. */
export function keyOf<N extends ProcedureName>(name: N, input?: InputOf<N>): QueryKey {
  return input === undefined ? [name] : [name, input];
}

interface Asked<T> {
  data: T | undefined;
  /** Set when there is nothing to show; a failed refresh keeps the old answer. */
  failure: Failure | undefined;
  retry: () => void;
  fetching: boolean;
}
interface AskOptions {
  /** False: not asked yet. */
  when?: boolean;
  /** Asks again after so many milliseconds, while the page is in sight. */
  every?: number | undefined;
}

/** `const campaign = useAsk('campaigns.get', { campaignId })`: a query of the contract through the cache. */
export function useAsk<N extends ProcedureName>(
  name: N,
  input: InputOf<N>,
  { when = true, every }: AskOptions = {},
): Asked<OutputOf<N>> {
  const query = useQuery({
    queryKey: keyOf(name, input),
    queryFn: () => call(name, input),
    enabled: when,
    ...(every !== undefined && { refetchInterval: every }),
  });
  const { refetch } = query;
  return {
    data: query.data,
    failure: query.data === undefined && query.error ? failureOf(query.error) : undefined,
    retry: useCallback(() => void refetch(), [refetch]),
    fetching: query.isFetching,
  };
}

/** Makes the answers of these queries stale, after a command that changes them. */
export function useRefresh(): (...names: ProcedureName[]) => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    async (...names) => {
      await Promise.all(names.map((name) => client.invalidateQueries({ queryKey: [name] })));
    },
    [client],
  );
}

/** One action of a button: busy while it runs, its failure in words until the next try. */
export function useAct(): {
  busy: boolean;
  failure: Failure | undefined;
  run: (action: () => Promise<unknown>) => Promise<boolean>;
  clear: () => void;
} {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const run = useCallback(async (action: () => Promise<unknown>) => {
    setBusy(true);
    setFailure(undefined);
    try {
      await action();
      return true;
    } catch (error) {
      noticeFailure(error);
      setFailure(failureOf(error));
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  return { busy, failure, run, clear: useCallback(() => setFailure(undefined), []) };
}
