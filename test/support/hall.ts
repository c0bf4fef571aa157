import { expect } from 'vitest';
import type { Entry } from '../../shared/log.ts';
import { newId } from '../../shared/ids.ts';
import { type Fixture, makeFixture, type TestClient } from './client.ts';
import { CoWriter, readWords } from './co-writer.ts';
import type { Program } from './program.ts';
import { Talker } from './talker.ts';

const TALKERS = ['周敏', '陆远航', '何清', '沈一鸣', '唐雨', '梁思齐'];
const WRITERS = ['甲', '乙', '丙', '丁'];

/** A running meeting under load: people talk and write the list and the draft, and everything they are promised is noted. */
export interface Hall {
  talkers: Talker[];
  writers: { writer: CoWriter; doc: string }[];
  /** Writers come (back); talkers do so by themselves. */
  connect(): void;
  cut(): void;
  /** Compares the server's log and documents with every promise made so far. */
  check(): Promise<void>;
  /** Everybody falls silent, everything is saved; then all copies of a document are the same. */
  finish(): Promise<void>;
  figures(): string;
}

async function wholeLog(client: TestClient, sessionId: string): Promise<Entry[]> {
  const all: Entry[] = [];
  for (;;) {
    const page = await client.call('session.entries', { sessionId, after: all.length, limit: 500 });
    all.push(...page);
    if (page.length < 500) return all;
  }
}

export async function openHall(program: Program, random: () => number): Promise<Hall> {
  const { url } = program;
  await expect.poll(() => program.adminLink, { timeout: 10_000 }).not.toBe('');
  const f: Fixture = await makeFixture(url, () => Promise.resolve({ url: program.adminLink }));
  const { sessionId, boardId } = f;
  const chair = await f.staff('周敏', 'moderator');
  await chair.call('session.start', { sessionId, id: newId() });
  const people = await Promise.all(TALKERS.map((name) => f.enter(name)));
  const talkers = people.map((person) => new Talker(url, person.cookie, sessionId));
  talkers.forEach((talker, n) => talker.talk(TALKERS[n]!));
  const place = (doc: string) => `${url.replace('http', 'ws')}/collab/${doc}.${boardId}`;
  const writers = WRITERS.map((name, n) => ({
    writer: new CoWriter(name, random),
    doc: n % 2 ? 'draft' : 'list',
    cookie: people[n]!.cookie,
  }));
  const ofDoc = (doc: string) => writers.filter((each) => each.doc === doc).map((each) => each.writer);

  async function checkLog(): Promise<void> {
    // Noted before the log is read: people go on talking, and what they hear while it is read need not be in it.
    const promised = talkers.map(({ acked, heard }) => ({ acked: [...acked.values()], heard: [...heard] }));
    const log = await wholeLog(chair, sessionId);
    expect(log.map((entry) => entry.seq)).toEqual(log.map((_, at) => at + 1));
    const ids = log.flatMap((entry) => (entry.kind === 'said' ? [entry.id] : []));
    expect(new Set(ids).size).toBe(ids.length);
    for (const talker of talkers) expect(talker.faults).toEqual([]);
    for (const { acked, heard } of promised) {
      for (const entry of acked) expect(log[entry.seq - 1]).toEqual(entry);
      for (const [seq, entry] of heard) expect(log[seq - 1]).toEqual(entry);
    }
  }

  async function checkDocument(doc: string): Promise<void> {
    const mine = ofDoc(doc);
    const durable = mine.flatMap((writer) => writer.durable);
    const taken = new Set(
      mine.flatMap((writer) => writer.made).flatMap((d) => (d.kind === 'taken' ? [d.word] : [])),
    );
    const seen = mine.map((writer, n) =>
      writer.list.toArray().filter((word) => !word.startsWith(ofDocName(doc, n))),
    );
    const words = await readWords(place(doc), chair.cookie);
    const stored = new Set(words);
    expect(stored.size).toBe(words.length);
    const lost = durable.filter((d) => d.kind === 'put' && !stored.has(d.word) && !taken.has(d.word));
    const risen = durable.filter((d) => d.kind === 'taken' && stored.has(d.word));
    const unseen = seen.flat().filter((word) => !stored.has(word) && !taken.has(word));
    expect({ lost, risen, unseen }).toEqual({ lost: [], risen: [], unseen: [] });
  }
  const ofDocName = (doc: string, n: number) =>
    WRITERS.filter((_, at) => (at % 2 ? 'draft' : 'list') === doc)[n]!;

  async function check(): Promise<void> {
    await checkLog();
    await checkDocument('list');
    await checkDocument('draft');
  }

  return {
    talkers,
    writers,
    check,
    connect: () => {
      for (const { writer, doc, cookie } of writers) {
        writer.connect(place(doc), cookie);
        writer.write(7);
      }
    },
    cut: () => {
      for (const { writer } of writers) {
        writer.rest();
        writer.cut();
      }
    },
    async finish() {
      await Promise.all(talkers.map((talker) => talker.stop()));
      for (const { writer } of writers) writer.rest();
      await expect.poll(() => writers.every(({ writer }) => writer.settled), { timeout: 10_000 }).toBe(true);
      await check();
      for (const doc of ['list', 'draft']) {
        const words = await readWords(place(doc), chair.cookie);
        for (const writer of ofDoc(doc))
          await expect.poll(() => writer.list.toArray(), { timeout: 5000 }).toEqual(words);
      }
      for (const { writer } of writers) writer.cut();
    },
    figures() {
      const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
      const deeds = writers.flatMap(({ writer }) => writer.durable);
      const messages = sum(talkers.map((talker) => talker.acked.size));
      const gone = deeds.filter((deed) => deed.kind === 'taken').length;
      const retries = sum(talkers.map((talker) => talker.retries));
      return `${messages} messages (${retries} sent again), ${deeds.length} edits (${gone} deletions) acknowledged`;
    },
  };
}
