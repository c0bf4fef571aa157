import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeMinutes } from '../../server/features/minutes/compose.ts';
import { merge } from '../../server/features/minutes/merge.ts';
import type { DraftEntry, Entry } from '../../shared/log.ts';
import { fold } from '../../shared/reduce.ts';
import { log, SESSION, scheduled } from '../support/told-log.ts';

const id = (n: number) => `00000000-0000-7000-8000-0000000000${String(n).padStart(2, '0')}`;
const people = fc.integer({ min: 10, max: 15 }).map(id);
const messages = fc.integer({ min: 20, max: 24 }).map(id);
const records = fc.integer({ min: 30, max: 34 }).map(id);
const items = fc.integer({ min: 40, max: 43 }).map(id);
const words = fc.string({
  unit: fc.constantFrom('破', '立', '。', '，', '“', '\n', 'a', '𠮷'),
  minLength: 1,
  maxLength: 6,
});
const names = words.map((word) => `名${word}`);
const status = fc.constantFrom('present' as const, 'leave' as const, 'observing' as const, 'none' as const);
const capacity = fc.constantFrom(
  'moderator' as const,
  'note-taker' as const,
  'administrator' as const,
  'participant' as const,
  'guest' as const,
);
const kind = fc.constantFrom(
  'speech' as const,
  'problem' as const,
  'suggestion' as const,
  'summary' as const,
);
const row = fc.record({
  rowId: messages,
  topic: fc.constant(''),
  problem: words,
  cause: words,
  source: fc.constant(''),
  withdrawn: fc.boolean(),
});

/** Anything in any order: the reducer is total, so the minutes must be. Each text says whose it is: `〔20〕`. */
const entry = people.chain((by) =>
  fc.oneof(
    fc.constantFrom<DraftEntry>(
      { kind: 'started', by },
      { kind: 'paused', by },
      { kind: 'resumed', by },
      { kind: 'floor-ended', by },
    ),
    fc.record({
      kind: fc.constant('joined' as const),
      by: people,
      personId: people,
      name: names,
      unitName: words,
      level: fc.constant(''),
      capacity,
    }),
    fc.record({ kind: fc.constant('left' as const), by: people, personId: people, removed: fc.boolean() }),
    fc.record({
      kind: fc.constant('attended' as const),
      by: people,
      personId: people,
      name: names,
      unitName: words,
      status,
      reason: fc.constant('〔事由〕'),
    }),
    fc.record({
      kind: fc.constantFrom('item-opened' as const, 'item-closed' as const),
      by: people,
      itemId: items,
    }),
    fc.record({
      kind: fc.constant('floor-given' as const),
      by: people,
      personId: people,
      seconds: fc.constant(60),
    }),
    fc
      .record({
        kind: fc.constant('said' as const),
        by: people,
        id: messages,
        messageKind: kind,
        body: words,
      })
      .map((said) => ({ ...said, body: `〔${said.id.slice(-2)}〕${said.body}` })),
    fc.record({
      kind: fc.constantFrom('recalled' as const, 'hidden' as const, 'shown' as const, 'pinned' as const),
      by: people,
      messageId: messages,
    }),
    messages.map((messageId) => ({ kind: 'problem-accepted' as const, by, messageId, rowId: messageId })),
    fc
      .record({
        kind: fc.constant('decided' as const),
        by: people,
        id: records,
        text: words,
        unitName: words,
        due: fc.constant('2026-04-10'),
      })
      .map((each) => ({ ...each, text: `〔${each.id.slice(-2)}〕${each.text}` })),
    records.map((recordId) => ({ kind: 'struck' as const, by, recordId, reason: '' })),
    fc.record({
      kind: fc.constant('ended' as const),
      by: people,
      lastSeen: fc.constant([]),
      rows: fc.array(
        row.map((each) => ({ ...each, problem: `〔${each.rowId.slice(-2)}〕${each.problem}` })),
        { maxLength: 4 },
      ),
      carryOver: fc.array(items, { maxLength: 2 }),
    }),
  ),
);
const agenda = [40, 41, 42].map((n) => ({
  id: id(n),
  title: `议程${n}`,
  minutes: 10,
  identity: 'named' as const,
}));
const logs: fc.Arbitrary<Entry[]> = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 3 }), entry), { minLength: 5, maxLength: 80, size: 'max' })
  .map((steps) => {
    let minute = 0;
    // The log has one entry for each of a client's ids.
    const recorded = new Set<string>();
    const once = steps.filter(
      ([, each]) => each.kind !== 'decided' || (!recorded.has(each.id) && recorded.add(each.id)),
    );
    return log(
      scheduled({ agenda, expected: [] }),
      ...once.map(([gap, each]): [number, DraftEntry] => [(minute += gap), each as DraftEntry]),
    );
  });

const RUNS = { seed: 20260318, numRuns: 150 };

describe('minutes of any log', () => {
  test('are the same byte for byte, and the log is left as it was', () => {
    fc.assert(
      fc.property(logs, (entries) => {
        const before = JSON.stringify(entries);
        const once = JSON.stringify(composeMinutes(SESSION, entries));
        expect(JSON.stringify(composeMinutes(SESSION, structuredClone(entries)))).toBe(once);
        expect(JSON.stringify(entries)).toBe(before);
      }),
      RUNS,
    );
  });

  test('name only entries that exist, in order, and no paragraph twice', () => {
    fc.assert(
      fc.property(logs, (entries) => {
        const composed = composeMinutes(SESSION, entries);
        expect(new Set(composed.map((each) => each.id)).size).toBe(composed.length);
        for (const { from, composed: text } of composed) {
          expect(text.trim()).not.toBe('');
          expect(from).toEqual([...new Set(from)].sort((a, b) => a - b));
          for (const seq of from) expect(entries[seq - 1]?.seq).toBe(seq);
        }
      }),
      RUNS,
    );
  });

  test('never print what was recalled, hidden or struck, nor why somebody is on leave', () => {
    let withheld = 0;
    fc.assert(
      fc.property(logs, (entries) => {
        const state = fold(SESSION, entries);
        const text = composeMinutes(SESSION, entries)
          .map((each) => each.composed)
          .join('\n');
        expect(text).not.toContain('〔事由〕');
        for (const { id: own, recalled, hidden } of Object.values(state.messages)) {
          if (!recalled && !hidden) continue;
          withheld++;
          expect(text).not.toContain(`〔${own.slice(-2)}〕`);
        }
        for (const each of state.resolutions)
          if (each.struck) expect(text).not.toContain(`〔${each.id.slice(-2)}〕`);
      }),
      RUNS,
    );
    expect(withheld).toBeGreaterThan(30);
  });

  test('composed anew keep every edit, word for word, and nothing else of the old', () => {
    fc.assert(
      fc.property(logs, logs, fc.nat(), (one, two, pick) => {
        const first = merge([], composeMinutes(SESSION, one));
        const at = pick % first.length;
        const edited = { text: '〔人工〕', by: '周敏', at: '2026-03-18T08:00:00.000Z' };
        const old = first.map((each, n) => (n === at ? { ...each, edited } : each));
        const next = merge(old, composeMinutes(SESSION, two));
        const kept = next.find((each) => each.id === first[at]!.id);
        expect(kept?.edited).toEqual(edited);
        const plain = composeMinutes(SESSION, two);
        expect(
          next.filter((each) => plain.some((p) => p.id === each.id)).map((each) => each.composed),
        ).toEqual(plain.map((each) => each.composed));
        expect(next.length - plain.length).toBeLessThanOrEqual(1);
      }),
      RUNS,
    );
  });
});
