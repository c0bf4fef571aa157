import { useState } from 'react';
import type { MinutesView, Paragraph } from '../../../shared/contract/minutes.ts';
import type { Failure } from '../../../shared/errors.ts';
import { stepsOf } from '../../../shared/minutes-order.ts';
import { api } from '../../lib/api.ts';
import { useAct, useRefresh } from '../../lib/query.ts';
import { keepView } from './use-minutes.ts';

/** Which paragraphs there are and in what order: what a hand does to it, and how the last step is taken back. */
export interface LayoutDesk {
  busy: boolean;
  failure: Failure | undefined;
  last: { what: 'takenOut' | 'moved'; undo: () => void } | undefined;
  /** Behind `after`; '' for the first place. */
  move: (id: string, after: string) => Promise<void>;
  /** One place up or down, a heading with its section; the line that was pressed keeps the focus. */
  step: (id: string, way: 'up' | 'down') => Promise<void>;
  remove: (paragraph: Paragraph) => Promise<void>;
  restore: (id: string) => Promise<void>;
  dismiss: () => void;
}

export function useLayout(view: MinutesView): LayoutDesk {
  const { sessionId, paragraphs } = view;
  const { busy, failure, run, clear } = useAct();
  const refresh = useRefresh();
  const [last, setLast] = useState<LayoutDesk['last']>();
  const does = async (step: () => Promise<MinutesView>): Promise<boolean> => {
    setLast(undefined);
    const done = await run(async () => keepView(await step()));
    // Somebody was faster: the newest order is shown.
    if (!done) await refresh('minutes.open');
    return done;
  };
  const restore = async (paragraphId: string) =>
    void (await does(() => api.minutes.restore({ sessionId, paragraphId })));
  const move = async (paragraphId: string, after: string) => {
    const at = paragraphs.findIndex((each) => each.id === paragraphId);
    if (at < 0) return;
    const { was } = stepsOf(paragraphs, at);
    const before = paragraphs[at]!.moved;
    if (after === was || !(await does(() => api.minutes.move({ sessionId, paragraphId, was, after }))))
      return;
    const back = { sessionId, paragraphId, was: after, after: was, ...(!before && { undo: true }) };
    setLast({ what: 'moved', undo: () => void does(() => api.minutes.move(back)) });
  };
  return {
    busy,
    failure,
    last,
    restore,
    move,
    async step(id, way) {
      const at = paragraphs.findIndex((each) => each.id === id);
      const after = at < 0 ? undefined : stepsOf(paragraphs, at)[way];
      if (after === undefined || busy) return;
      const own = document.activeElement;
      await move(id, after);
      // A node that is put elsewhere loses the focus.
      requestAnimationFrame(() => own instanceof HTMLElement && own.isConnected && own.focus());
    },
    async remove({ id: paragraphId, rev }) {
      if (!(await does(() => api.minutes.remove({ sessionId, paragraphId, rev })))) return;
      setLast({ what: 'takenOut', undo: () => void restore(paragraphId) });
    },
    dismiss: () => {
      clear();
      setLast(undefined);
    },
  };
}
