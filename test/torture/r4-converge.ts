import { isDeepStrictEqual } from 'node:util';
import * as Y from 'yjs';
import { createDocuments, type Documents } from '../../server/collab/documents.ts';
import { MAX_DOCUMENT_BYTES } from '../../shared/live-document.ts';
import { same } from '../support/collab-server.ts';
import { contentOf, randomEdit, readingDoc } from '../support/random-edit.ts';
import { type Line, SimClient } from './sim-client.ts';
import { Disk, SimStore, type Weather } from './sim-store.ts';
import { type Outcome, type Task, type Torture } from './torture.ts';
import { settle, VirtualTime } from './virtual-time.ts';

const DOC = 'list.a';
const HEAL_MS = 2_000;

interface Size {
  clients: [least: number, most: number];
  /** Edits of each client. */
  edits: number;
}
const SIZES: Record<string, Size> = {
  small: { clients: [3, 5], edits: 40 },
  medium: { clients: [3, 8], edits: 100 },
  long: { clients: [3, 6], edits: 500 },
  wide: { clients: [15, 30], edits: 100 },
  full: { clients: [50, 50], edits: 500 },
  restore: { clients: [2, 6], edits: 60 },
  quota: { clients: [2, 4], edits: 40 },
};
/** After a restore people who wrote in turns come back in turns. */
const RESTORED_HEAL_MS = 30_000;
/** Tombstones and the server's own edits are taken beyond the quota. */
const BEYOND_QUOTA = 256 * 1024;
const BALLAST = 'x'.repeat(500_000);

/** One history: people on bad lines, a failing store, a server that dies and comes back; then everything heals. */
class History {
  readonly counts = {
    clients: 0,
    edits: 0,
    cuts: 0,
    restarts: 0,
    repeats: 0,
    'server edits': 0,
    refusals: 0,
    restores: 0,
    parted: 0,
  };
  readonly anomalies: string[] = [];
  healedIn = 0;
  readonly #task: Task;
  readonly #time: VirtualTime;
  readonly #weather: Weather;
  #disk = new Disk();
  #copy: Disk | undefined;
  #restored = false;
  readonly #clients: SimClient[];
  readonly #left: Map<SimClient, number>;
  /** Lines that the client has given up and the server not yet. */
  readonly #halfOpen = new Set<Line>();
  readonly #marks: string[] = [];
  #documents!: Documents;
  #logged: string[] = [];

  constructor(task: Task, time: VirtualTime) {
    const { random, plant } = task;
    this.#task = task;
    this.#time = time;
    this.#weather = { random, failing: 0, slow: random() < 0.5 ? 0 : 5, plant };
    const { clients, edits } = SIZES[task.variant]!;
    const count = clients[0] + Math.floor(random() * (clients[1] - clients[0] + 1));
    // Every fifth sits at two devices.
    this.#clients = Array.from(
      { length: count },
      (_, n) => new SimClient(`p${n % 5 === 4 ? n - 1 : n}`, this.#clientId()),
    );
    this.#left = new Map(this.#clients.map((client) => [client, edits]));
    this.counts.clients = count;
  }

  /** Drawn too, so that the same seed is the same history. */
  #clientId(): number {
    return 1 + Math.floor(this.#task.random() * (2 ** 32 - 1));
  }

  get compactions(): number {
    return this.#disk.compactions;
  }

  async run(): Promise<void> {
    const { random } = this.#task;
    if (random() < 0.4) this.#age(470 + Math.floor(random() * 35));
    if (this.#task.variant === 'quota') this.#fill();
    this.#start();
    while (this.#left.size > 0) {
      await this.#step();
      await settle();
      if (this.#task.variant === 'restore') await this.#backUp();
    }
    if (this.#task.variant === 'quota') await this.#lookAtSize();
    await this.#heal();
    await this.#judge();
    await this.#time.until(this.#documents.close());
  }

  /** A document with a past: the next rows make it due for compaction. */
  #age(rows: number): void {
    const doc = new Y.Doc();
    doc.clientID = this.#clientId();
    doc.on('update', (update: Uint8Array) => this.#disk.add(DOC, update));
    while ((this.#disk.rows.get(DOC)?.length ?? 0) < rows) randomEdit(doc, this.#task.random);
  }

  /** A document that is nearly full. */
  #fill(): void {
    const doc = new Y.Doc();
    doc.clientID = this.#clientId();
    while (Y.encodeStateAsUpdate(doc).byteLength < MAX_DOCUMENT_BYTES - 2 * BALLAST.length)
      doc.getArray('ballast').push([BALLAST]);
    doc.getArray('ballast').push([BALLAST.slice(0, 300_000)]);
    this.#disk.add(DOC, Y.encodeStateAsUpdate(doc));
  }

  async #lookAtSize(): Promise<void> {
    const size = await this.#time.until(this.#documents.size(DOC).catch(() => 0));
    if (size > MAX_DOCUMENT_BYTES + BEYOND_QUOTA) this.anomalies.push(`a full document holds ${size} bytes`);
  }

  /** When a third of the edits is made; when two thirds are, the server has what it had then, and the pages stay open. */
  async #backUp(): Promise<void> {
    const all = this.#clients.length * SIZES[this.#task.variant]!.edits;
    if (!this.#copy && this.counts.edits > all / 3) this.#copy = this.#disk.copy();
    if (!this.#copy || this.#restored || this.counts.edits < (all * 2) / 3) return;
    this.#restored = true;
    this.counts.restores++;
    await this.#restart(this.#copy);
    const seen = new Set(
      [this.#stored(), ...this.#clients.map(({ doc }) => doc)].flatMap((doc) =>
        doc.getArray<string>('marks').toArray(),
      ),
    );
    this.#marks.splice(0, this.#marks.length, ...this.#marks.filter((mark) => seen.has(mark)));
    const [first] = this.#clients;
    if (this.#task.plant === 'a page that does not tell what was lost') first!.silent = true;
  }

  #start(): void {
    const log = {
      warn: () => undefined,
      error: (_facts: object, words: string) => {
        if (words !== 'a document could not be loaded') this.#logged.push(words);
      },
    };
    this.#documents = createDocuments({ updates: new SimStore(this.#disk, this.#weather), log });
  }

  async #step(): Promise<void> {
    const { random } = this.#task;
    const client = this.#clients[Math.floor(random() * this.#clients.length)]!;
    const event = random();
    if (event < 0.25) this.#edit(client);
    else if (event < 0.6) this.#some(() => client.line?.deliverUp());
    else if (event < 0.95) this.#some(() => client.hear());
    else if (event < 0.965) await this.#time.advance(random() * 40);
    else if (event < 0.972) client.show();
    else if (event < 0.976) client.ask();
    else if (event < 0.982) this.#repeat(client);
    else if (event < 0.988) this.#serverEdit();
    else if (event < 0.996) this.#cut(client);
    else if (event < 0.998) this.#weather.failing = this.#weather.failing > 0 ? 0 : random();
    else if (event < 0.9985) await this.#restart();
    if (!client.line && random() < 0.2) this.#connect(client);
    for (const line of this.#halfOpen)
      if (random() < 0.05) {
        line.hangUp();
        this.#halfOpen.delete(line);
      }
  }

  /** In a crowd more is under way at a time. */
  #some(step: () => void): void {
    for (let n = this.#task.random() * (this.#clients.length / 3); n > -1; n--) step();
  }

  #edit(client: SimClient): void {
    const left = this.#left.get(client);
    if (left === undefined) return;
    if (this.#task.variant === 'quota' && this.#task.random() < 0.15)
      client.doc.getText('t').insert(0, 'y'.repeat(60_000));
    else randomEdit(client.doc, this.#task.random);
    this.counts.edits++;
    if (left > 1) this.#left.set(client, left - 1);
    else this.#left.delete(client);
  }

  #repeat(client: SimClient): void {
    client.repeat(this.#task.random);
    this.counts.repeats++;
  }

  #connect(client: SimClient): void {
    const { random, plant } = this.#task;
    const line = client.connect(this.#documents, DOC);
    if (plant === 'a broadcast that gets lost') line.leak = () => random() < 0.1;
  }

  /** Some of what was on its way still arrives. The server may learn of the cut much later. */
  #cut(client: SimClient): void {
    const { line } = client;
    if (!line) return;
    const { random } = this.#task;
    while (line.up.length > 0 && random() < 0.8) line.deliverUp();
    while (line.down.length > 0 && random() < 0.8) client.hear();
    client.line = undefined;
    this.counts.cuts++;
    if (random() < 0.5) line.hangUp();
    else this.#halfOpen.add(line);
  }

  #serverEdit(): void {
    const mark = `s${this.counts['server edits']++}`;
    const clientId = this.#clientId();
    const made = this.#documents.change(DOC, (doc) => {
      doc.clientID = clientId;
      doc.getArray('marks').push([mark]);
    });
    void made.then(
      () => void this.#marks.push(mark),
      () => undefined,
    );
  }

  /** Half the time without a word to anybody, as by SIGKILL; else all is stored first, as by SIGTERM. */
  async #restart(backup?: Disk): Promise<void> {
    const { random } = this.#task;
    this.#noteRefusals();
    this.counts.restarts++;
    if (random() < 0.5) await this.#leave();
    this.#time.forget();
    for (const client of this.#clients) {
      const { line } = client;
      if (!line) continue;
      while (line.down.length > 0 && random() < 0.8) client.hear();
      client.line = undefined;
    }
    this.#halfOpen.clear();
    if (backup) this.#disk = backup;
    else if (!this.#restored) this.#lookAtDisk();
    this.#start();
  }

  async #leave(): Promise<void> {
    this.#weather.failing = 0;
    const old = this.#documents;
    await this.#time.until(old.drain().then(() => old.close()));
  }

  #noteRefusals(): void {
    this.counts.refusals += this.#documents.counts().refused;
    this.counts.parted += this.#documents.counts().parted;
  }

  #stored(): Y.Doc {
    const doc = readingDoc();
    for (const { update } of this.#disk.rows.get(DOC) ?? []) Y.applyUpdate(doc, update);
    return doc;
  }

  /** The process is dead: what anybody has of others must be on the disk (not while it comes back after a restore). */
  #lookAtDisk(): void {
    const stored = Y.decodeStateVector(Y.encodeStateVector(this.#stored()));
    for (const client of this.#clients)
      for (const [id, clock] of Y.decodeStateVector(Y.encodeStateVector(client.doc)))
        if (id !== client.doc.clientID && clock > (stored.get(id) ?? 0))
          this.anomalies.push(
            `${client.person} has seen ${id} up to ${clock}, stored is ${stored.get(id) ?? 0}`,
          );
  }

  /** The store is well, everybody is back; soon everybody has everything. */
  async #heal(): Promise<void> {
    this.#weather.failing = 0;
    await this.#time.advance(3_000);
    for (const line of this.#halfOpen) line.hangUp();
    const began = this.#time.now;
    while (!this.#healed() && this.#time.now - began < 60_000) {
      for (const client of this.#clients) {
        if (!client.line) this.#connect(client);
        for (let n = client.line!.up.length; n > 0; n--) client.line!.deliverUp();
      }
      await this.#time.advance(5);
      for (const client of this.#clients)
        for (let n = (client.line?.down.length ?? 0) + 1; n > 0; n--) client.hear();
      this.#makeRoom();
    }
    this.healedIn = this.#time.now - began;
    if (this.healedIn > (this.#restored ? RESTORED_HEAL_MS : HEAL_MS))
      this.anomalies.push(`it took ${Math.round(this.healedIn)} ms to heal`);
    this.#noteRefusals();
  }

  /** Somebody deletes what fills the document. */
  #makeRoom(): void {
    if (this.#task.variant !== 'quota') return;
    const client = this.#clients.find(({ doc }) => doc.getArray('ballast').length > 0);
    if (client?.line) client.doc.getArray('ballast').delete(0, client.doc.getArray('ballast').length);
  }

  #healed(): boolean {
    const [first, ...others] = this.#clients;
    return (
      this.#clients.every(
        ({ line, told, durable }) => line && told === durable && line.up.length + line.down.length === 0,
      ) && others.every((other) => same(first!.doc, other.doc))
    );
  }

  /** Identical JSON, state vector and delete set everywhere, and nothing that anybody wrote is missing. */
  async #judge(): Promise<void> {
    const all = readingDoc();
    for (const { made } of this.#clients) for (const update of made) Y.applyUpdate(all, update);
    const stored = this.#stored();
    Y.applyUpdate(all, Y.encodeStateAsUpdate(stored));
    const held = await this.#time.until(this.#documents.read(DOC, (doc) => Y.encodeStateAsUpdate(doc)));
    const server = readingDoc();
    Y.applyUpdate(server, held);
    const copies: [string, Y.Doc][] = this.#clients.map(({ person, doc }) => [person, doc]);
    copies.push(['the server', server], ['a fresh load', stored]);
    const expected = contentOf(all);
    for (const [who, doc] of copies) {
      if (!same(doc, all)) this.anomalies.push(`${who} has another state vector or delete set`);
      if (!isDeepStrictEqual(contentOf(doc), expected)) this.anomalies.push(`${who} has another text`);
      if (doc.store.pendingStructs ?? doc.store.pendingDs)
        this.anomalies.push(`${who} has something pending`);
    }
    const marks = new Set(stored.getArray<string>('marks'));
    for (const mark of this.#marks)
      if (!marks.has(mark)) this.anomalies.push(`the server's edit ${mark} is lost`);
    for (const words of this.#logged) this.anomalies.push(`logged: ${words}`);
    for (const { person, closes } of this.#clients)
      for (const code of closes) if (code !== 4503) this.anomalies.push(`${person} was closed with ${code}`);
  }
}

async function round(task: Task): Promise<Outcome> {
  const time = new VirtualTime();
  const history = new History(task, time);
  try {
    await history.run();
  } finally {
    time.stop();
  }
  const { counts, anomalies, healedIn } = history;
  return {
    counts: { seeds: 1, ...counts, compactions: history.compactions },
    worst: { 'ms to heal': healedIn },
    anomalies,
  };
}

/** Many small histories; the longer the time, the more of the large ones. */
function variants(seconds: number): string[] {
  const some = (count: number, variant: string) => Array.from({ length: count }, () => variant);
  const small = [
    ...[...some(6, 'small'), 'medium', ...some(3, 'restore')],
    ...[...some(6, 'small'), 'long', 'quota', ...some(3, 'restore')],
    ...[...some(6, 'small'), 'wide'],
  ];
  return seconds < 900 ? small : ['full', ...small, ...small, ...small];
}

export const converge: Torture = {
  id: 'R4',
  claim: 'all copies of a document converge',
  workload:
    'the documents of the server in virtual time; 3–50 clients edit text, rows and a tree, also the server edits',
  faults:
    'cuts with part of the frames lost, half-open lines, frames late, repeated and reordered across sockets, a store that fails before or after storing, kills and restarts, an older backup restored under open pages, a full document',
  weight: 5,
  variants,
  plants: [
    { plant: 'a broadcast that gets lost', variant: 'medium' },
    { plant: 'an append that stores nothing', variant: 'medium' },
    { plant: 'a compaction without its snapshot', variant: 'long' },
    { plant: 'a page that does not tell what was lost', variant: 'restore' },
  ],
  round,
};
