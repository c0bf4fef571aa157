import { deepStrictEqual, equal } from 'node:assert/strict';
import type { Entry } from '../../shared/log.ts';
import { newId } from '../../shared/ids.ts';
import { type Fixture, makeFixture, type TestClient } from './client.ts';
import { CoWriter, type Deed, readWords } from './co-writer.ts';
import { until } from './collab-server.ts';
import type { Program } from './program.ts';
import { Talker } from './talker.ts';

const TALKERS = ['周敏', '陆远航', '何清', '沈一鸣', '唐雨', '梁思齐'];
const WRITERS = ['甲', '乙', '丙', '丁'];

/** A running meeting under load: people talk and write the list and the draft, and everything they are promised is noted. */
export interface Hall {
  talkers: Talker[];
  writers: { writer: CoWriter; doc: string }[];
  boardId: string;
  /** Writers come (back); talkers do so by themselves. */
  connect(): void;
  cut(): void;
  /** Words that are known to be stored without any of the writers having put them there. */
  vouchFor(doc: string, words: readonly string[]): void;
  /** Compares the server's log and documents with every promise made so far. Throws an AssertionError that says what is wrong. */
  check(): Promise<void>;
  /** Everybody falls silent, everything is saved; then all copies of a document are the same. */
  finish(): Promise<void>;
  /** What has been acknowledged so far. */
  counts(): { messages: number; retries: number; edits: number; deletions: number };
  figures(): string;
}

/** The log as somebody reads it, page by page. */
export async function wholeLog(client: TestClient, sessionId: string): Promise<Entry[]> {
  const all: Entry[] = [];
  for (;;) {
    const page = await client.call('session.entries', { sessionId, after: all.length, limit: 500 });
    all.push(...page);
    if (page.length < 500) return all;
  }
}

export async function openHall(program: Program, random: () => number, every = 7): Promise<Hall> {
  const { url } = program;
  await until('the first link is printed', () => program.adminLink !== '', 10_000);
  const f: Fixture = await makeFixture(url, () => Promise.resolve({ url: program.adminLink }));
  const { sessionId, boardId } = f;
  const chair = await f.staff('周敏', 'moderator');
  await chair.call('session.start', { sessionId, id: newId() });
  // The moderator's name is not to be chosen: she talks on the device that has her link.
  const people = await Promise.all(TALKERS.map((name) => (name === '周敏' ? chair : f.enter(name))));
  const talkers = people.map((person) => new Talker(url, person.cookie, sessionId));
  talkers.forEach((talker, n) => talker.talk(TALKERS[n]!));
  const place = (doc: string) => `${url.replace('http', 'ws')}/collab/${doc}.${boardId}`;
  const writers = WRITERS.map((name, n) => ({
    writer: new CoWriter(name, random),
    doc: n % 2 ? 'draft' : 'list',
    cookie: people[n]!.cookie,
  }));
  const vouched: Record<string, Deed[]> = { list: [], draft: [] };
  const ofDoc = (doc: string) => writers.filter((each) => each.doc === doc).map((each) => each.writer);

  async function checkLog(): Promise<void> {
    // Noted before the log is read: people go on talking, and what they hear while it is read need not be in it.
    const promised = talkers.map(({ acked, heard }) => ({ acked: [...acked.values()], heard: [...heard] }));
    const log = await wholeLog(chair, sessionId);
    deepStrictEqual(
      log.map((entry) => entry.seq),
      log.map((_, at) => at + 1),
      'the log has a gap or a double place',
    );
    const ids = log.flatMap((entry) => (entry.kind === 'said' ? [entry.id] : []));
    equal(new Set(ids).size, ids.length, 'a message stands twice in the log');
    for (const talker of talkers) deepStrictEqual(talker.faults, []);
    for (const { acked, heard } of promised) {
      for (const entry of acked)
        deepStrictEqual(log[entry.seq - 1], entry, 'an acknowledged message is lost');
      for (const [seq, entry] of heard) deepStrictEqual(log[seq - 1], entry, 'what was heard is lost');
    }
  }

  async function checkDocument(doc: string): Promise<void> {
    const mine = ofDoc(doc);
    const durable = [...vouched[doc]!, ...mine.flatMap((writer) => writer.durable)];
    const taken = new Set(
      mine.flatMap((writer) => writer.made).flatMap((d) => (d.kind === 'taken' ? [d.word] : [])),
    );
    const seen = mine.map((writer, n) =>
      writer.list.toArray().filter((word) => !word.startsWith(ofDocName(doc, n))),
    );
    const words = await readWords(place(doc), chair.cookie);
    const stored = new Set(words);
    equal(stored.size, words.length, 'a word stands twice');
    const lost = durable.filter((d) => d.kind === 'put' && !stored.has(d.word) && !taken.has(d.word));
    const risen = durable.filter((d) => d.kind === 'taken' && stored.has(d.word));
    const unseen = seen.flat().filter((word) => !stored.has(word) && !taken.has(word));
    deepStrictEqual({ lost, risen, unseen }, { lost: [], risen: [], unseen: [] });
  }
  const ofDocName = (doc: string, n: number) =>
    WRITERS.filter((_, at) => (at % 2 ? 'draft' : 'list') === doc)[n]!;

  async function check(): Promise<void> {
    await checkLog();
    await checkDocument('list');
    await checkDocument('draft');
  }

  function counts() {
    const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
    const deeds = writers.flatMap(({ writer }) => writer.durable);
    return {
      messages: sum(talkers.map((talker) => talker.acked.size)),
      retries: sum(talkers.map((talker) => talker.retries)),
      edits: deeds.length,
      deletions: deeds.filter((deed) => deed.kind === 'taken').length,
    };
  }

  return {
    talkers,
    writers,
    boardId,
    check,
    counts,
    vouchFor: (doc, words) => void vouched[doc]!.push(...words.map((word): Deed => ({ kind: 'put', word }))),
    connect: () => {
      for (const { writer, doc, cookie } of writers) {
        writer.connect(place(doc), cookie);
        writer.write(every);
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
      await until(
        'all that was written is saved',
        () => writers.every(({ writer }) => writer.settled),
        10_000,
      ).catch((error: unknown) => {
        throw new Error(writers.map(({ writer }) => writer.standing).join('; '), { cause: error });
      });
      await check();
      for (const doc of ['list', 'draft']) {
        const words = (await readWords(place(doc), chair.cookie)).join();
        for (const writer of ofDoc(doc))
          await until(`all copies of the ${doc} are the same`, () => writer.list.toArray().join() === words);
      }
      for (const { writer } of writers) writer.cut();
    },
    figures() {
      const { messages, retries, edits, deletions } = counts();
      return `${messages} messages (${retries} sent again), ${edits} edits (${deletions} deletions) acknowledged`;
    },
  };
}
