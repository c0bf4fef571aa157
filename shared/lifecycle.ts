/** A table of states and what may happen in each: `{ draft: { start: 'live' }, … }`. */
export type Table<S extends string, E extends string> = Readonly<Record<S, Readonly<Partial<Record<E, S>>>>>;

export interface Lifecycle<S extends string, E extends string> {
  /** The state after the event, or undefined when the event cannot happen here. */
  next(state: S, event: E): S | undefined;
  /** What may happen in this state. */
  events(state: S): E[];
}

export function lifecycle<S extends string, E extends string>(table: Table<S, E>): Lifecycle<S, E> {
  return {
    next: (state, event) => table[state][event],
    events: (state) => Object.keys(table[state]) as E[],
  };
}
