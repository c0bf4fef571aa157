import * as encoding from 'lib0/encoding';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { judge, type Verdict } from '../../server/collab/gatekeeper.ts';
import { type Clocks, Held } from '../../server/collab/held.ts';
import { Ledger } from '../../server/collab/ledger.ts';
import { Waiting } from '../../server/collab/waiting.ts';
import { same } from '../support/collab-server.ts';
import { contentOf, randomEdit, readingDoc } from '../support/random-edit.ts';
import { seeded } from '../support/seeded.ts';

/** A document as a server holds it, whose ledger knows some ids. */
class Server {
  readonly doc = readingDoc();
  readonly ledger = new Ledger();
  readonly known: Clocks = new Map();
  #held = new Held([]);

  take(update: Uint8Array, person: string, isAnswer: boolean): Verdict {
    const sender = this.ledger.sender(person);
    const verdict = judge(update, this.known, this.#held, sender, { isAnswer });
    if (verdict.pass === true && verdict.news) this.#store(verdict.update);
    return verdict;
  }
  restore(state: Uint8Array): void {
    this.#store(state);
    for (const [client, clock] of this.#held.clocks) this.known.set(client, clock);
  }
  get pending(): boolean {
    return (this.doc.store.pendingStructs ?? this.doc.store.pendingDs) !== null;
  }
  question(): Uint8Array {
    return Y.encodeStateVector(this.doc);
  }
  #store(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update);
    this.#held = new Held([Y.encodeStateAsUpdate(this.doc)]);
  }
}

interface Page {
  person: string;
  doc: Y.Doc;
}

/** People who write on each other's words, and a server with what there was of it at some earlier moment. */
function restored(seed: number): { server: Server; pages: Page[]; all: Y.Doc } {
  const random = seeded(seed);
  const pages = ['zhou', 'lu', 'he', 'tang'].map((person, n): Page => {
    const doc = readingDoc();
    doc.clientID = 1 + Math.floor(random() * 1_000) * 4 + n;
    return { person, doc };
  });
  const server = new Server();
  const backupAt = Math.floor(random() * 40);
  for (let step = 0; step < 40; step++) {
    const page = pages[Math.floor(random() * pages.length)]!;
    randomEdit(page.doc, random);
    // Not everybody hears everything at once.
    for (const other of pages)
      if (step === 39 || random() < 0.7)
        Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(page.doc, Y.encodeStateVector(other.doc)));
    if (step === backupAt) server.restore(Y.encodeStateAsUpdate(page.doc));
  }
  for (const { doc, person } of pages) if (random() < 0.6) server.ledger.bind(doc.clientID, person);
  const all = readingDoc();
  for (const { doc } of pages) Y.applyUpdate(all, Y.encodeStateAsUpdate(doc));
  return { server, pages, all };
}

const seeds = fc.integer({ min: 1, max: 2 ** 31 });

describe('an answer after a restore (CO6, CO13)', () => {
  it('leaves nothing pending, brings nothing under the ids of others, and deletes only what is there', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 3 }), (seed, who) => {
        const { server, pages } = restored(seed);
        const { person, doc } = pages[who]!;
        const before = Y.decodeStateVector(server.question());
        const verdict = server.take(Y.encodeStateAsUpdate(doc, server.question()), person, true);
        expect(verdict.pass).toBe(true);
        expect(server.pending).toBe(false);
        const { owns } = server.ledger.sender(person);
        for (const [client, clock] of Y.decodeStateVector(server.question()))
          expect(owns(client) || clock === (before.get(client) ?? 0)).toBe(true);
        for (const page of pages)
          expect(server.ledger.sender(page.person).owns(page.doc.clientID), 'nobody lost an id').toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('of everybody brings everything back, without doubles, asking only whom it helps', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { server, pages, all } = restored(seed);
        const due = new Set(pages);
        const waiting = new Waiting<Page>({ clocks: server.known, bytes: 0, shrink: () => 0 }, (page) =>
          due.add(page),
        );
        let questions = 0;
        for (const page of due) {
          due.delete(page);
          questions++;
          const verdict = server.take(Y.encodeStateAsUpdate(page.doc, server.question()), page.person, true);
          if (verdict.pass !== true) throw new Error('refused');
          if (verdict.left) waiting.add(page, verdict.left);
          waiting.changed({ clocks: server.known, deletions: [] });
        }
        expect(questions).toBeLessThan(200);
        expect(same(server.doc, all)).toBe(true);
        expect(contentOf(server.doc)).toEqual(contentOf(all));
      }),
      { numRuns: 150 },
    );
  });

  it('is not said to be taken as long as something of the sender’s is missing', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 3 }), (seed, who) => {
        const { server, pages } = restored(seed);
        const { person, doc } = pages[who]!;
        server.ledger.bind(doc.clientID, person);
        const verdict = server.take(Y.encodeStateAsUpdate(doc, server.question()), person, true);
        if (verdict.pass !== true || verdict.left) return;
        const { owns } = server.ledger.sender(person);
        const there = Y.decodeStateVector(server.question());
        for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(doc)))
          if (owns(client)) expect(there.get(client)).toBeGreaterThanOrEqual(clock);
        const deleted = Y.createDeleteSetFromStructStore(doc.store);
        for (const [client, ranges] of deleted.clients)
          for (const { clock, len } of ranges)
            if ((there.get(client) ?? 0) >= clock + len)
              expect(
                Y.isDeleted(Y.createDeleteSetFromStructStore(server.doc.store), Y.createID(client, clock)),
              ).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

const forge = (...numbers: number[]): Uint8Array =>
  encoding.encode((encoder) => {
    for (const n of numbers) encoding.writeVarUint(encoder, n);
  });

describe('a forged answer', () => {
  const victim = 77;
  const scene = (): Server => {
    const server = new Server();
    const doc = new Y.Doc();
    doc.clientID = victim;
    doc.getText('t').insert(0, '一二三');
    server.restore(Y.encodeStateAsUpdate(doc));
    server.ledger.bind(victim, 'zhou');
    server.ledger.bind(5, 'he');
    return server;
  };

  it.each([
    ['pieces under the victim’s id alone', forge(1, 1, victim, 3, 0, 9, 0)],
    [
      'own pieces beside them, and a deletion of what they claim',
      forge(2, 1, victim, 3, 0, 9, 1, 5, 0, 0, 4, 1, victim, 1, 3, 9),
    ],
  ])('cannot squat: %s', (_what, update) => {
    const server = scene();
    expect(server.take(update, 'he', true).pass).toBe(true);
    expect(server.known.get(victim)).toBe(3);
    expect(server.pending).toBe(false);
    const more = new Y.Doc();
    Y.applyUpdate(more, Y.encodeStateAsUpdate(server.doc));
    more.clientID = victim;
    more.getText('t').insert(3, '四五');
    server.take(Y.encodeStateAsUpdate(more, server.question()), 'zhou', false);
    expect(server.doc.getText('t').toString()).toBe('一二三四五');
  });

  it('cannot delete what its own frame does not hold', () => {
    const server = scene();
    const beyond = forge(2, 1, victim, 3, 0, 2, 1, 5, 0, 0, 4, 1, victim, 1, 3, 9);
    expect(server.take(beyond, 'he', true)).toEqual({ pass: false, why: 'delete' });
  });

  it('binds no id, and as an update it is refused whole', () => {
    const server = scene();
    server.take(forge(1, 1, 9, 0, 0, 4, 0), 'he', true);
    expect(server.ledger.sender('zhou').owns(9)).toBe(true);
    const both = forge(2, 1, victim, 3, 0, 9, 1, 5, 0, 0, 4, 0);
    expect(server.take(both, 'he', false)).toEqual({ pass: false, why: 'owner' });
    expect(server.known.get(5)).toBeUndefined();
  });
});
