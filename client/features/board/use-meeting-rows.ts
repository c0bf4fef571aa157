import { useEffect, useMemo } from 'react';
import { useAsk, useRefresh } from '../../lib/query.ts';
import type { OfMeeting } from './list-view.ts';

/** The rows of a meeting: how many is known all the time, which ones is asked while somebody looks at them alone. */
export function useMeetingRows(
  sessionId: string,
  count: number | undefined,
  wanted: boolean,
): OfMeeting | undefined {
  const when = wanted && count !== undefined;
  const { data } = useAsk('session.rows', { sessionId }, { when });
  const refresh = useRefresh();
  useEffect(() => {
    if (when) void refresh('session.rows');
  }, [when, count, refresh]);
  const ids = useMemo(() => new Set((data ?? []).map((row) => row.rowId)), [data]);
  return count === undefined ? undefined : { count, ids };
}
