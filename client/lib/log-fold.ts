import type { Entry, Message, SessionState } from '../../shared/log.ts';
import { apply, emptySession } from '../../shared/reduce.ts';

/**
 * The client's copy of a room's log, folded. It takes entries in any order and any number of times: what is ahead of a
 * gap waits, what is known is dropped. Messages older than the snapshot are merged in below `from`.
 */
export interface LogFold {
  state(): SessionState;
  /** All messages from this seq on are here; of the older ones only those that are pinned. */
  from(): number;
  /** Something is waiting behind a gap: ask for what follows `state().seq`. */
  gap(): boolean;
  /** A message was pinned or shown again whose words are not here: only a new snapshot or page can say them. */
  unknown(): boolean;
  replace(state: SessionState, older: boolean): void;
  /** True when the state has moved. `messages` are those that the entries bring back. */
  receive(entries: readonly Entry[], messages?: readonly Message[]): boolean;
  /** Merges a page of older messages that was asked for when the log stood at `askedAt`. */
  merge(page: readonly Message[], more: boolean): void;
}

const targetOf = (entry: Entry): string | undefined => ('messageId' in entry ? entry.messageId : undefined);

function lowest(messages: readonly Message[], other: number): number {
  return messages.reduce((low, message) => Math.min(low, message.seq), other);
}

export function createFold(sessionId: string): LogFold {
  let state = emptySession(sessionId);
  let from = 0;
  let unknown = false;
  const waiting = new Map<number, Entry>();
  // What happened to messages that are not here: a page read a moment earlier does not show it yet.
  const strayed = new Map<string, Entry[]>();
  // What came with entries that wait, for when their turn comes.
  const brought = new Map<string, Message>();

  /** A message that is not here, or without its words, as the server has it; what strayed before is in it. */
  function bringBack(id: string): void {
    const message = brought.get(id);
    brought.delete(id);
    const known = state.messages[id];
    if (!message || (known && known.body !== '')) return;
    strayed.delete(id);
    place(message);
    if (!known) sort();
  }

  function notice(entry: Entry): void {
    const id = targetOf(entry);
    if (id === undefined) return;
    if (entry.kind === 'pinned' || entry.kind === 'shown') bringBack(id);
    const message = state.messages[id];
    if (!message) strayed.set(id, [...(strayed.get(id) ?? []), entry]);
    if (entry.kind === 'pinned') unknown ||= !message;
    if (entry.kind === 'shown') unknown ||= message?.body === '';
  }

  /** An entry that this page cannot fold moves it on all the same; what it did, a new snapshot says. */
  function follow(entry: Entry): void {
    try {
      apply(state, entry);
    } catch {
      unknown = true;
    }
  }

  function drain(): boolean {
    let moved = false;
    for (let next = waiting.get(state.seq + 1); next; next = waiting.get(state.seq + 1)) {
      waiting.delete(next.seq);
      notice(next);
      follow(next);
      moved = true;
    }
    return moved;
  }

  function adopt(message: Message): void {
    const scratch = { ...emptySession(sessionId), messages: { [message.id]: message } };
    for (const entry of strayed.get(message.id) ?? []) apply(scratch, entry);
    strayed.delete(message.id);
    place(message);
  }

  function place(message: Message): void {
    if (!state.messages[message.id]) state.order.push(message.id);
    state.messages[message.id] = message;
  }

  const sort = (): void => {
    state.order.sort((a, b) => state.messages[a]!.seq - state.messages[b]!.seq);
  };

  return {
    state: () => state,
    from: () => from,
    gap: () => waiting.size > 0,
    unknown: () => unknown,
    replace(next, older) {
      state = next;
      unknown = false;
      strayed.clear();
      brought.clear();
      const loose = Object.values(state.messages).filter((message) => !message.pinned);
      from = older ? lowest(loose, state.seq + 1) : 0;
      for (const seq of waiting.keys()) if (seq <= state.seq) waiting.delete(seq);
      drain();
    },
    receive(entries, messages = []) {
      const news = entries.filter((entry) => entry.seq > state.seq);
      for (const entry of news) waiting.set(entry.seq, entry);
      if (news.length > 0) for (const message of messages) brought.set(message.id, message);
      return drain();
    },
    merge(page, more) {
      for (const message of page) adopt(message);
      sort();
      from = more ? lowest(page, from) : 0;
    },
  };
}
