import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { project, snapshot } from '../../server/features/session/project.ts';
import type { Audience } from '../../shared/actor.ts';
import type { Entry, SessionState } from '../../shared/log.ts';
import { apply, emptySession, fold, spent } from '../../shared/reduce.ts';
import { fromTheFuture, idOf, SESSION, history, MARK } from '../support/histories.ts';

const AUDIENCES: Audience[] = ['staff', 'member', 'guest'];

/** What no client can know: words that were taken back, guests' blank places, the time of an entry that was withheld. */
function comparable(state: SessionState, audience: Audience): SessionState {
  const seen = structuredClone(state);
  for (const message of Object.values(seen.messages))
    if (message.recalled || message.hidden) message.body = '';
  for (const [id, person] of Object.entries(seen.people)) {
    const blank = person.joinedAt === undefined && person.attendance === 'none';
    if (audience === 'guest' && blank) delete seen.people[id];
  }
  if (audience === 'guest') delete seen.at;
  return seen;
}

describe('a log of any meeting', () => {
  test('is gapless, ordered in time and folds to the state that decided it', () => {
    fc.assert(
      fc.property(history, ({ entries, state }) => {
        expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, at) => at + 1));
        const times = entries.flatMap((entry) => (entry.kind === 'withheld' ? [] : [entry.at]));
        expect(times).toEqual(times.toSorted());
        expect(fold(SESSION, structuredClone(entries))).toEqual(state);
      }),
    );
  });

  test('is the same for who came early and followed, and for who came late', () => {
    fc.assert(
      fc.property(history, fc.nat(), fc.constantFrom(...AUDIENCES), ({ entries }, cut, audience) => {
        const early = fold(SESSION, structuredClone(entries.slice(0, cut % (entries.length + 1))));
        const client = snapshot(early, audience, 1000).state;
        const redacted = new Set(
          Object.values(client.messages)
            .filter((m) => m.recalled || m.hidden)
            .map((m) => m.id),
        );
        const server = structuredClone(early);
        for (const entry of structuredClone(entries.slice(early.seq))) {
          apply(server, entry);
          apply(client, structuredClone(project(entry, audience, server)));
        }
        const late = comparable(snapshot(server, audience, 1000).state, audience);
        const mine = comparable(client, audience);
        // What was hidden at the cut and is shown again: the client asks for a new snapshot (client/lib/log-fold.ts).
        for (const id of redacted) for (const each of [late, mine]) delete each.messages[id];
        expect(mine).toEqual(late);
      }),
      { numRuns: 300 },
    );
  });

  test('read late, entry by entry, gives the same state as the snapshot', () => {
    fc.assert(
      fc.property(history, fc.constantFrom(...AUDIENCES), ({ entries, state }, audience) => {
        const read = entries.map((entry) => structuredClone(project(entry, audience, state)));
        const late = snapshot(state, audience, 1000).state;
        expect(comparable(fold(SESSION, read), audience)).toEqual(comparable(late, audience));
      }),
    );
  });
});

describe('what an audience may not see', () => {
  const sent = (entries: Entry[], state: SessionState, audience: Audience) =>
    JSON.stringify([
      entries.map((entry) => project(entry, audience, state)),
      snapshot(state, audience, 1000),
    ]);

  test('leaves the server for nobody who may not have it', () => {
    fc.assert(
      fc.property(history, ({ entries, state }) => {
        const hidden = Object.values(state.messages).filter((m) => m.hidden || m.recalled);
        for (const audience of ['member', 'guest'] as const) {
          const out = sent(entries, state, audience);
          for (const { body } of hidden) expect(out).not.toContain(body);
          expect(out).not.toContain(MARK.reason);
          expect(out).not.toContain(MARK.row);
          expect(out).not.toContain('walkIn');
        }
        const toGuests = sent(entries, state, 'guest');
        const absent = Object.values(state.people).filter((p) => p.joinedAt === undefined);
        const recorded = new Set(
          entries.flatMap((entry) => (entry.kind === 'attended' ? [entry.personId] : [])),
        );
        for (const p of absent) if (!recorded.has(p.personId)) expect(toGuests).not.toContain(p.name);
        for (const { body } of hidden.filter((m) => m.recalled))
          expect(sent(entries, state, 'staff')).not.toContain(body);
      }),
      { numRuns: 300 },
    );
  });

  test('leaves no gap in the order', () => {
    fc.assert(
      fc.property(history, fc.constantFrom(...AUDIENCES), ({ entries, state }, audience) => {
        expect(entries.map((entry) => project(entry, audience, state).seq)).toEqual(
          entries.map((entry) => entry.seq),
        );
      }),
    );
  });
});

describe('an entry of a kind that only a newer program knows', () => {
  /** The log with such an entry put in at a place. */
  const mixed = (entries: readonly Entry[], cut: number): Entry[] => {
    const at = cut % (entries.length + 1);
    const later = entries.slice(at).map((entry) => ({ ...entry, seq: entry.seq + 1 }));
    return structuredClone([...entries.slice(0, at), fromTheFuture(at + 1), ...later]);
  };

  test('moves the place in the log and nothing else, wherever it stands', () => {
    fc.assert(
      fc.property(history, fc.nat(), ({ entries }, cut) => {
        const state = fold(SESSION, mixed(entries, cut));
        const blank = structuredClone(mixed(entries, cut)).map((entry) =>
          'body' in entry && entry.body === MARK.future
            ? ({ sessionId: SESSION, seq: entry.seq, kind: 'withheld' } as const)
            : entry,
        );
        expect(state).toEqual(fold(SESSION, blank));
        expect(state.seq).toBe(entries.length + 1);
      }),
    );
  });

  test('is shown to nobody, not even to staff, and leaves no gap', () => {
    fc.assert(
      fc.property(history, fc.nat(), fc.constantFrom(...AUDIENCES), ({ entries }, cut, audience) => {
        const log = mixed(entries, cut);
        const state = fold(SESSION, structuredClone(log));
        const seen = log.map((entry) => project(entry, audience, state));
        expect(seen.map((entry) => entry.seq)).toEqual(log.map((entry) => entry.seq));
        expect(JSON.stringify([seen, snapshot(state, audience, 1000)])).not.toContain(MARK.future);
        const late = comparable(snapshot(state, audience, 1000).state, audience);
        expect(comparable(fold(SESSION, structuredClone(seen)), audience)).toEqual(late);
      }),
    );
  });
});

describe('the reducer', () => {
  test('takes entries about things it has never heard of', () => {
    const unknown = { sessionId: SESSION, seq: 1, at: '2026-03-18T06:30:00.000Z', by: '' };
    const strays = [
      { kind: 'pinned', messageId: idOf(1) },
      { kind: 'left', personId: idOf(1), removed: true },
      { kind: 'item-closed', itemId: idOf(1) },
      { kind: 'floor-extended', seconds: 60 },
      { kind: 'floor-ended' },
      { kind: 'struck', recordId: idOf(1), reason: '' },
      { kind: 'problem-accepted', messageId: idOf(1), rowId: idOf(1) },
    ].map((fields) => ({ ...unknown, ...fields }) as Entry);
    for (const stray of strays) {
      const { problems: _problems, ...state } = apply(emptySession(SESSION), stray);
      const { problems: _none, ...empty } = emptySession(SESSION);
      expect(state).toEqual({ ...empty, seq: 1, at: unknown.at });
    }
  });

  test('a clock stands while the meeting stands', () => {
    const at = (minute: number) => new Date(Date.UTC(2026, 2, 18, 6, minute)).toISOString();
    const clock = { spentMs: 90_000, since: at(10) };
    expect(spent(clock, Date.parse(at(12)))).toBe(210_000);
    expect(spent(clock, Date.parse(at(9)))).toBe(90_000);
    expect(spent({ spentMs: 90_000 }, Date.parse(at(59)))).toBe(90_000);
  });

  test('needs for each entry of a long meeting as much as for each of a short one', () => {
    const say = (seq: number): Entry =>
      ({
        sessionId: SESSION,
        seq,
        at: '2026-03-18T06:30:00.000Z',
        by: idOf(1),
        kind: 'said',
        id: idOf(seq + 10),
        messageKind: 'speech',
        body: '一句话',
      }) as Entry;
    const entries = Array.from({ length: 100_000 }, (_, n) => say(n + 1));
    // Processor time, which other programs do not take; the best of some tries, as collecting garbage does.
    const each = (count: number) => {
      const some = entries.slice(0, count);
      const before = process.cpuUsage();
      for (let done = 0; done < 100_000; done += count) fold(SESSION, some);
      return process.cpuUsage(before).user;
    };
    each(2000);
    const best = (count: number) => Math.min(...Array.from({ length: 3 }, () => each(count)));
    // Both fold 100,000 entries. Quadratic work would make the one long meeting fifty times as dear as fifty short ones.
    expect(best(100_000) / best(2000)).toBeLessThan(20);
  });
});
