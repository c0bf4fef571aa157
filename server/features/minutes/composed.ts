import type { Paragraph } from '../../../shared/contract/minutes.ts';
import type { Entry, EntryOf, SessionState } from '../../../shared/log.ts';
import { fold } from '../../../shared/reduce.ts';

/** A paragraph as the log gives it, before any hand. */
export type Composed = Pick<Paragraph, 'id' | 'kind' | 'label' | 'from' | 'composed'>;

/** What the parts of the minutes are made of. */
export interface Source {
  state: SessionState;
  entries: readonly Entry[];
  /** The last end: what was frozen and carried over then. */
  ended: EntryOf<'ended'> | undefined;
  /** The entries that say something about each person's presence. */
  presence: Map<string, PresenceEntry[]>;
}
export type PresenceEntry = EntryOf<'joined'> | EntryOf<'left'> | EntryOf<'attended'>;

const ascending = (seqs: readonly number[]): number[] => [...new Set(seqs)].sort((a, b) => a - b);

const paragraph =
  (kind: Paragraph['kind']) =>
  (id: string, composed: string, from: readonly number[] = []): Composed => ({
    id,
    kind,
    label: '',
    composed,
    from: ascending(from),
  });

export const heading = paragraph('heading');
export const subheading = paragraph('subheading');
export const text = paragraph('text');
export const item = paragraph('item');
export const fact = (id: string, label: string, composed: string, from: readonly number[]): Composed => ({
  ...paragraph('fact')(`fact.${id}`, composed, from),
  label,
});

function presenceOf(entries: readonly Entry[]): Source['presence'] {
  const found: Source['presence'] = new Map();
  for (const entry of entries) {
    if (entry.kind !== 'joined' && entry.kind !== 'left' && entry.kind !== 'attended') continue;
    const own = found.get(entry.personId);
    if (own) own.push(entry);
    else found.set(entry.personId, [entry]);
  }
  return found;
}

export function sourceOf(sessionId: string, entries: readonly Entry[]): Source {
  const ended = entries.findLast((entry): entry is EntryOf<'ended'> => entry.kind === 'ended');
  return { state: fold(sessionId, entries), entries, ended, presence: presenceOf(entries) };
}

/** Places in the log of the entries of a kind that `which` picks. */
export function seqsOf<K extends Entry['kind']>(
  entries: readonly Entry[],
  kind: K,
  which: (entry: EntryOf<K>) => boolean = () => true,
): number[] {
  return entries
    .filter((each): each is EntryOf<K> => each.kind === kind && which(each as EntryOf<K>))
    .map((each) => each.seq);
}

export const nameOf = (state: SessionState, personId: string): string => state.people[personId]?.name ?? '';
