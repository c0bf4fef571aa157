import { isError } from '../../../shared/errors.ts';
import type { Entry } from '../../../shared/log.ts';
import { defineMigration } from '../../storage/migration.ts';
import type { Draft, RecordStore } from '../../storage/port.ts';
import { entries, type InvolvedRecord, involved, type SessionRecord, sessions } from './collections.ts';

const PAGE = 500;
/** Pairs that this process knows to be written; forgotten all at once when they are many. */
const MOST_KNOWN = 50_000;

/** Whom an entry makes part of the meeting: who came, and whose attendance was noted whether they came or not. */
export const involves = (entry: Entry): string | undefined =>
  entry.kind === 'joined' || entry.kind === 'attended' ? entry.personId : undefined;

const draftOf = (sessionId: string, personId: string): Draft<InvolvedRecord> => ({
  id: `${sessionId}.${personId}`,
  sessionId,
  personId,
});

/** Writes what is not there yet; what is there already stays. */
async function write(records: RecordStore, drafts: readonly Draft<InvolvedRecord>[]): Promise<void> {
  for (let rest = drafts; rest.length > 0; ) {
    try {
      await records.insertMany(involved, rest);
      return;
    } catch (error) {
      if (!isError(error, 'CONFLICT')) throw error;
      rest = rest.slice(Number(error.failure.facts?.['stored'] ?? 0) + 1);
    }
  }
}

async function known(records: RecordStore, sessionId: string): Promise<Set<string>> {
  const found = await records.list(involved, 'bySession', { sessionId });
  return new Set(found.map((each) => each.personId));
}

/** These people may stand in this session. Asks first what is written, for sessions with thousands of them. */
export async function involve(
  records: RecordStore,
  sessionId: string,
  personIds: Iterable<string>,
): Promise<void> {
  const wanted = new Set(personIds);
  if (wanted.size === 0) return;
  const there = await known(records, sessionId);
  const missing = [...wanted].filter((personId) => !there.has(personId));
  await write(
    records,
    missing.map((personId) => draftOf(sessionId, personId)),
  );
}

/** The same records; before an entry is stored that makes somebody part of a meeting, it is written that they may be. */
export function involving(store: RecordStore): RecordStore {
  const written = new Set<string>();
  return {
    ...store,
    async insertMany(of, drafts) {
      if ((of as unknown) === entries) await note(drafts as unknown as readonly { entry: Entry }[]);
      return store.insertMany(of, drafts);
    },
  };

  async function note(drafts: readonly { entry: Entry }[]): Promise<void> {
    const fresh = new Map<string, Draft<InvolvedRecord>>();
    for (const { entry } of drafts) {
      const personId = involves(entry);
      if (personId === undefined) continue;
      const draft = draftOf(entry.sessionId, personId);
      if (!written.has(draft.id)) fresh.set(draft.id, draft);
    }
    if (fresh.size === 0) return;
    await write(store, [...fresh.values()]);
    if (written.size > MOST_KNOWN) written.clear();
    for (const id of fresh.keys()) written.add(id);
  }
}

/** Everybody whom a stored session involves, from its log as it lies in the store. */
async function standing(records: RecordStore, session: SessionRecord): Promise<Set<string>> {
  const found = new Set(session.expectedPeople);
  for (let after = 0; ; ) {
    const page = await records.list(entries, 'bySeq', { sessionId: session.id }, { after, limit: PAGE });
    for (const { entry } of page) {
      const personId = involves(entry);
      if (personId !== undefined) found.add(personId);
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) return found;
    after = last.seq;
  }
}

/** Sessions of programs that wrote no such records. */
export const involvedOfOldSessions = defineMigration(
  1,
  'who stands in which session is written down',
  sessions,
  async (page, records) => {
    for (const session of page) await involve(records, session.id, await standing(records, session));
  },
);

/** The sessions in which a person may stand, a page at a time. */
export async function* maybeIn(records: RecordStore, personId: string): AsyncGenerator<string> {
  for (let after = ''; ; ) {
    const page = await records.list(involved, 'byPerson', { personId }, { after, limit: PAGE });
    for (const { sessionId } of page) yield sessionId;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.id;
  }
}
