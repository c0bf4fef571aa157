import { hash } from 'node:crypto';
import { AppError, isError } from '../../../shared/errors.ts';
import type { DraftEntry, Entry, SessionState } from '../../../shared/log.ts';
import { apply, emptySession } from '../../../shared/reduce.ts';
import type { Tick } from '../../platform/tick.ts';
import type { Draft, RecordStore } from '../../storage/port.ts';
import { type EntryRecord, entries } from './collections.ts';

/** What a command appends: its own entry, last, and entries that go before it (a store that fails between loses no tail). */
export interface Decision {
  main: DraftEntry;
  before?: DraftEntry[];
}

/**
 * One append. `id` is the client's and makes a retry recognisable; `device` is kept beside the entry, never in it. `decide` must not
 * change the state; `deviceOf` says on which device the entry with a client's id was written, as far as that is known.
 */
export interface Command {
  id: string;
  content: unknown;
  device?: string;
  decide(state: SessionState, deviceOf: (clientId: string) => string | undefined): Decision;
}

interface Room {
  state: SessionState;
  entries: Entry[];
  /** clientId → where its entry stands. */
  known: Map<string, { seq: number; digest: string; device?: string | undefined }>;
}

interface Waiting {
  command: Command;
  digest: string;
  resolve(entry: Entry): void;
  reject(error: unknown): void;
}

interface Decided {
  drafts: Draft<EntryRecord>[];
  answers: (() => void)[];
}

type Look = (room: Readonly<Pick<Room, 'state' | 'entries'>>) => void;

const PAGE = 500;
const TRIES = 5;

/** Content under a stable key order, so that a retry has the same digest. */
const digestOf = (content: unknown): string => hash('sha256', JSON.stringify(sorted(content)), 'base64url');

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, part]) => [key, sorted(part)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A retry may find that only a part of what goes before was stored, so these are counted on, not counted anew. */
function freeName(room: Room, clientId: string): string {
  let at = 0;
  while (room.known.has(`${clientId}.${at}`)) at++;
  return `${clientId}.${at}`;
}

export interface RoomLogParts {
  records: RecordStore;
  sessionId: string;
  tick: Pick<Tick, 'wake' | 'charge'>;
  now(): number;
  /** Tells what is durable, in order and once. */
  committed(placed: Entry[], state: SessionState): void;
}

/**
 * The append queue of one session in this process: at the beat it decides on the state at n, writes what has gathered as one
 * batch at n+1…, folds and publishes; commands that arrive meanwhile gather for the next batch. Looks see committed state only
 * and wait for no beat.
 */
export class RoomLog {
  private readonly parts: RoomLogParts;
  private room: Room | undefined;
  /** The fold is ahead of the store. */
  private writing = false;
  /** The beat has come for what waits. */
  private due = false;
  private waiting: Waiting[] = [];
  private committing = 0;
  private looks: { look: Look; reject(error: unknown): void }[] = [];
  private running: Promise<void> | undefined;
  /** Up to which entry everybody has been told; what a failed write stored after all is told at the next load. */
  private told: number | undefined;
  /** When it was last asked for anything, in ms. */
  usedAt: number;

  constructor(parts: RoomLogParts) {
    this.parts = parts;
    this.usedAt = parts.now();
  }

  /** Commands that wait or are being written. */
  get unstored(): number {
    return this.waiting.length + this.committing;
  }

  get busy(): boolean {
    return this.running !== undefined || this.waiting.length > 0;
  }

  /** The placed entry once it is durable. Throws what `decide` throws; CONFLICT `id.reused`; UNAVAILABLE. */
  append(command: Command): Promise<Entry> {
    const digest = digestOf(command.content);
    return new Promise((resolve, reject) => {
      this.waiting.push({ command, digest, resolve, reject });
      this.usedAt = this.parts.now();
      this.parts.tick.wake(this.beat);
    });
  }

  /** Looks at the committed room; `look` must not keep or change it. */
  read<T>(look: (room: Readonly<Pick<Room, 'state' | 'entries'>>) => T): Promise<T> {
    this.usedAt = this.parts.now();
    return new Promise((resolve, reject) => {
      const answer: Look = (room) => {
        try {
          resolve(look(room));
        } catch (error) {
          reject(error);
        }
      };
      if (this.room && !this.writing) return answer(this.room);
      this.looks.push({ look: answer, reject });
      this.start();
    });
  }

  /** Resolves when everything that waits is stored or refused; for that it waits for no beat. */
  async settled(): Promise<void> {
    while (this.busy) {
      this.beat();
      await this.running;
    }
  }

  private readonly beat = (): void => {
    this.due = true;
    this.start();
  };

  private get open(): boolean {
    return this.looks.length > 0 || (this.due && this.waiting.length > 0);
  }

  private start(): void {
    this.running ??= this.work().finally(() => {
      this.running = undefined;
      if (this.open) this.start();
    });
  }

  private async work(): Promise<void> {
    while (this.open) {
      try {
        const room = (this.room ??= await this.load());
        this.tell(room);
        for (const { look } of this.looks.splice(0)) look(room);
      } catch (error) {
        this.refuseAll(error);
        return;
      }
      if (!this.due) continue;
      this.due = false;
      const batch = this.waiting.splice(0);
      this.committing = batch.length;
      await this.commit(batch);
      this.committing = 0;
    }
  }

  /** Tells what nobody has been told yet. What stood in the store at the first load is no news. */
  private tell({ state, entries: all }: Room): void {
    const from = this.told ?? state.seq;
    this.told = state.seq;
    if (from >= state.seq) return;
    const began = performance.now();
    this.parts.committed(all.slice(from), state);
    this.parts.tick.charge(performance.now() - began);
  }

  private refuseAll(error: unknown): void {
    this.due = false;
    for (const each of [...this.waiting.splice(0), ...this.looks.splice(0)]) each.reject(error);
  }

  private async load(): Promise<Room> {
    const room: Room = { state: emptySession(this.parts.sessionId), entries: [], known: new Map() };
    for (;;) {
      const page = await this.parts.records.list(
        entries,
        'bySeq',
        { sessionId: this.parts.sessionId },
        { after: room.state.seq, limit: PAGE },
      );
      for (const record of page) {
        if (record.seq !== room.state.seq + 1) throw await this.holed(room);
        apply(room.state, record.entry);
        room.entries.push(record.entry);
        room.known.set(record.id.slice(this.parts.sessionId.length + 1), {
          seq: record.seq,
          digest: record.digest,
          device: record.device,
        });
      }
      if (page.length < PAGE && !(await this.next(room))) return room;
    }
  }

  /** The entry after these. A damaged one is left out of lists; asked for by its place it is refused, and so is its log. */
  private next({ state }: Room): Promise<EntryRecord | undefined> {
    const { sessionId, records } = this.parts;
    return records.find(entries, 'bySeq', { sessionId, seq: state.seq + 1 });
  }

  private async holed(room: Room): Promise<AppError> {
    await this.next(room);
    const facts = { kind: 'record', place: entries.name, id: this.parts.sessionId };
    return new AppError('UNAVAILABLE', 'storage.damaged', { facts });
  }

  /** Decides each command on the state that the ones before it leave; a refusal concerns its own command only. */
  private decideAll(room: Room, batch: Waiting[]): Decided {
    const decided: Decided = { drafts: [], answers: [] };
    for (const each of batch) {
      try {
        const entry = this.decideOne(room, each, decided.drafts);
        decided.answers.push(() => each.resolve(entry));
      } catch (error) {
        decided.answers.push(() => each.reject(error));
      }
    }
    return decided;
  }

  private decideOne(room: Room, { command, digest }: Waiting, drafts: Draft<EntryRecord>[]): Entry {
    const known = room.known.get(command.id);
    if (known && known.digest !== digest) throw new AppError('CONFLICT', 'id.reused');
    if (known) return room.entries[known.seq - 1]!;
    const { before = [], main } = command.decide(room.state, (id) => room.known.get(id)?.device);
    for (const draft of before) this.place(room, draft, { id: freeName(room, command.id), digest }, drafts);
    return this.place(room, main, { id: command.id, digest, device: command.device }, drafts);
  }

  private place(
    room: Room,
    draft: DraftEntry,
    { id: clientId, digest, device }: { id: string; digest: string; device?: string | undefined },
    drafts: Draft<EntryRecord>[],
  ): Entry {
    const { state } = room;
    const { sessionId } = this.parts;
    const now = new Date(this.parts.now()).toISOString();
    const at = state.at !== undefined && state.at > now ? state.at : now;
    const seq = state.seq + 1;
    const entry = { sessionId, seq, at, ...draft } as Entry;
    apply(state, entry);
    room.entries.push(entry);
    room.known.set(clientId, { seq, digest, device });
    const written = device !== undefined && { device };
    drafts.push({ id: `${sessionId}:${clientId}`, sessionId, seq, digest, ...written, entry });
    return entry;
  }

  /** Never throws: every command of the batch is answered, also a refused one only when what it was refused for stands. */
  private async commit(batch: Waiting[]): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        const room = (this.room ??= await this.load());
        this.writing = true;
        const { drafts, answers } = this.decideAll(room, batch);
        if (drafts.length > 0) await this.parts.records.insertMany(entries, drafts);
        this.writing = false;
        this.tell(room);
        for (const answer of answers) answer();
        return;
      } catch (error) {
        // The fold is ahead of the store: forget it. What was stored after all is found by its id on the next try.
        this.room = undefined;
        this.writing = false;
        if (isError(error, 'CONFLICT') && tries < TRIES) continue;
        for (const each of batch) each.reject(error);
        return;
      }
    }
  }
}
