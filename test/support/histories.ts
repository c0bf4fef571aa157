import fc from 'fast-check';
import type { Decision } from '../../server/features/session/room-log.ts';
import * as floor from '../../server/features/session/floor-rules.ts';
import * as records from '../../server/features/session/record-rules.ts';
import * as course from '../../server/features/session/course-rules.ts';
import * as rules from '../../server/features/session/rules.ts';
import { AppError } from '../../shared/errors.ts';
import type { Entry, MessageKind, SessionState } from '../../shared/log.ts';
import { apply, emptySession } from '../../shared/reduce.ts';

export const SESSION = '00000000-0000-7000-8000-00000000000a';
export const idOf = (n: number) => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
/** Words that must not reach everybody; each text of a history is its own. */
export const MARK = { reason: '事由只给工作人员', row: '定格的问题行', future: '后来的程序写的话' };

const NAMES = ['周敏', '陆远航', '何清', '沈一鸣', '唐雨', '梁思齐'];
const ITEMS = [idOf(101), idOf(102), idOf(103)];

export function doer(n: number): rules.Doer {
  const [personId, name] = [idOf(n + 1), NAMES[n]!];
  return {
    capacity: n === 0 ? 'moderator' : n === 5 ? 'guest' : 'participant',
    person: {
      ...{ kind: 'person', personId, name, unitId: idOf(50), unitName: '教科研一室' },
      ...{ campaignId: idOf(60), proven: true, grants: [] },
      ...(n === 4 && { walkIn: true }),
    },
  };
}

/** The same name on a device that has chosen it and proven nothing. */
export function claimer(n: number): rules.Doer {
  const { person } = doer(n);
  return { capacity: n === 5 ? 'guest' : 'participant', person: { ...person, proven: false } };
}

/** One step of somebody, legal or not; `n` numbers it, `who`, `whom` and `what` choose among people and things. */
export interface Step {
  act: number;
  who: number;
  whom: number;
  what: number;
}

/** What a newer program may write one day; it names a message and a person, and holds words for nobody knows whom. */
export const fromTheFuture = (seq: number, sessionId = SESSION): Entry =>
  ({
    ...{ sessionId, seq, at: '2027-03-18T06:30:00.000Z', by: idOf(1) },
    // The second is a name that every object has.
    kind: ['poll-opened', 'constructor'][seq % 2],
    ...{ messageId: idOf(1), personId: idOf(1), body: MARK.future, order: 7 },
  }) as unknown as Entry;

type Rule = (state: SessionState) => Decision;

function messageOf(state: SessionState, what: number): string {
  return state.order[what % Math.max(1, state.order.length)] ?? idOf(999);
}

/** Every rule of a meeting, by number, applied to what the step names. */
const ACTS: readonly ((step: Step, n: number, state: SessionState) => Rule)[] = [
  ({ who }) => rules.enter(doer(who)),
  ({ who }) => rules.leave(doer(who).person.personId, doer(who).person.personId, false),
  ({ whom }) => rules.leave(doer(whom).person.personId, idOf(1), true),
  ({ whom, what }) =>
    rules.attend(
      {
        ...{ sessionId: SESSION, id: idOf(0), personId: doer(whom).person.personId, reason: MARK.reason },
        status: (['present', 'leave', 'observing', 'none'] as const)[what % 4]!,
      },
      idOf(1),
      { name: NAMES[whom]!, unitName: '教科研一室' },
    ),
  () => course.start(doer(0)),
  () => course.pause(idOf(1)),
  () => course.resume(idOf(1)),
  ({ what }) =>
    course.end(
      { sessionId: SESSION, id: idOf(0), carryOver: what % 2 ? [ITEMS[what % 3]!] : [] },
      idOf(1),
      [
        {
          ...{ rowId: idOf(200), topic: '', problem: MARK.row, cause: '', source: '' },
          withdrawn: false,
        },
      ],
      (personId) => (personId === idOf(3) ? '2026-03-18T06:31:00.000Z' : undefined),
    ),
  ({ what }) => {
    const shown = what % 2 ? { prompt: { zh: '哪些事还在等？', en: 'Where do we still wait?' } } : {};
    return course.prompt({ sessionId: SESSION, id: idOf(0), ...shown }, idOf(1));
  },
  ({ what }) => course.openItem(ITEMS[what % 3]!, idOf(1)),
  ({ what }) => course.closeItem(ITEMS[what % 3]!, idOf(1)),
  ({ who, what }, n) => rules.say(said(n, what), doer(who)),
  ({ who, what }, n) => rules.say(said(n, what), doer(who)),
  ({ who, what }, n) => rules.say(said(n, what), doer(who)),
  ({ who, whom, what }, _n, state) => {
    const asks = whom % 2 ? doer(who) : claimer(who);
    return (s) =>
      rules.recall(messageOf(state, what), asks, 'here')(s, () => (what % 3 ? 'here' : undefined));
  },
  ({ what }, _n, state) => rules.mark('hidden', messageOf(state, what), idOf(1)),
  ({ what }, _n, state) => rules.mark('shown', messageOf(state, what), idOf(1)),
  ({ what }, _n, state) => rules.mark('pinned', messageOf(state, what), idOf(1)),
  ({ what }, _n, state) => rules.mark('unpinned', messageOf(state, what), idOf(1)),
  ({ what }, _n, state) => rules.mark('marked', messageOf(state, what), idOf(2)),
  ({ what }, _n, state) => rules.mark('unmarked', messageOf(state, what), idOf(2)),
  ({ what }, _n, state) => rules.accept(messageOf(state, what), idOf(1)),
  ({ who }) => floor.raiseHand(doer(who)),
  ({ who }) => floor.raiseHand(doer(who)),
  ({ whom }) => floor.lowerHand(doer(whom).person.personId, idOf(1)),
  (_step, _n, state) => floor.orderQueue(state.hands.toReversed(), idOf(1)),
  ({ whom, what }) => floor.giveFloor(doer(whom).person.personId, 1 + (what % 5), idOf(1)),
  ({ what }) => floor.extendFloor(1 + (what % 5), idOf(1)),
  ({ who }) => floor.endFloor(doer(who).person.personId, who === 0),
  (_step, n) => records.decide({ ...record(n), unitName: '教科研一室' }, idOf(2)),
  (_step, n) => records.assign({ ...record(n), ownerName: '责任人' }, idOf(2)),
  ({ what }, _n, { resolutions }) =>
    records.strike(
      {
        sessionId: SESSION,
        id: idOf(0),
        recordId: resolutions[what % Math.max(1, resolutions.length)]?.id ?? idOf(998),
        reason: '记错',
      },
      idOf(2),
    ),
  ({ who }) => rules.enter(claimer(who)),
  ({ who, what }, n) => rules.say(said(n, what), claimer(who)),
  ({ who, whom }) =>
    rules.removeAll(
      [who, whom].map((n) => doer(n).person.personId),
      idOf(1),
    ),
];

const KINDS: MessageKind[] = ['speech', 'problem', 'suggestion', 'summary'];
const said = (n: number, what: number) => ({
  ...{ sessionId: SESSION, id: idOf(1000 + n), body: `第${n}步说的话。` },
  kind: KINDS[what % 4]!,
});
const record = (n: number) => ({
  sessionId: SESSION,
  id: idOf(5000 + n),
  text: `第${n}步记下的事。`,
  due: '2026-04-10',
});

function plan(): Rule {
  const expected = NAMES.slice(0, 5).map((name, n) => ({
    personId: idOf(n + 1),
    name,
    unitName: '教科研一室',
    level: '骨干',
  }));
  const agenda = ITEMS.map((id, at) => ({
    id,
    title: `第${at + 1}项`,
    minutes: 10,
    identity: 'named' as const,
  }));
  return () => ({
    main: {
      ...{ kind: 'scheduled', by: idOf(1), rev: 1, title: '座谈会', plannedAt: '2026-03-18T06:30:00.000Z' },
      ...{
        plannedMinutes: 60,
        place: '',
        hostUnit: { unitId: idOf(50), name: '教科研一室' },
        boardId: idOf(70),
      },
      ...{ topic: { name: '破立', break: '破', build: '立' }, agenda, expected },
    } as Decision['main'],
  });
}

/** The steps that the rules allow, as the log of a meeting; the others leave no trace. */
export function play(steps: readonly Step[]): { entries: Entry[]; state: SessionState; refused: number } {
  const state = emptySession(SESSION);
  const entries: Entry[] = [];
  let refused = 0;
  const run = (rule: Rule, n: number) => {
    const { before = [], main } = rule(state);
    for (const draft of [...before, main]) {
      const at = new Date(Date.UTC(2026, 2, 18, 6) + n * 7000).toISOString();
      const entry = { ...draft, sessionId: SESSION, seq: state.seq + 1, at } as Entry;
      entries.push(structuredClone(entry));
      apply(state, entry);
    }
  };
  run(plan(), 0);
  steps.forEach((step, n) => {
    try {
      run(ACTS[step.act % ACTS.length]!(step, n, state), n + 1);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refused++;
    }
  });
  return { entries, state, refused };
}

const step = fc.record({ act: fc.nat(ACTS.length - 1), who: fc.nat(5), whom: fc.nat(5), what: fc.nat(11) });
/** The log of a meeting in which people did all sorts of things, most of it allowed: it has begun. */
export const history = fc
  .array(step, { maxLength: 120 })
  .map((steps) => play([{ act: 4, who: 0, whom: 0, what: 0 }, ...steps]));
