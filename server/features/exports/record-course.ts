import { dayOf } from '../../../shared/days.ts';
import { ATTENDANCE_LABEL, KIND_LABEL } from '../../../shared/labels.ts';
import type { Entry, EntryKind, EntryOf, Message, SessionState, Turn } from '../../../shared/log.ts';
import { spent } from '../../../shared/reduce.ts';
import { nameOf, type Source } from '../minutes/composed.ts';
import { resolutionLine } from '../minutes/results.ts';
import { clockTime, duration, longDay, phrase } from '../minutes/wording.ts';

/** What happened, in order. A `heading` is an item that was opened; a `line` stands at its time. */
export type Happening =
  | { kind: 'heading'; text: string }
  | { kind: 'day'; text: string }
  | { kind: 'line'; time: string; text: string };

/** What people did at one moment and is told once for all of them: 何清、唐雨到会。 */
interface Shared {
  who: string;
  did: string;
}
type Told = string | Shared | undefined;

/** What nobody may read any more is not in the record either. */
const silenced = (message: Message | undefined): boolean =>
  message === undefined || message.recalled || message.hidden;

class Teller {
  readonly #inside = new Set<string>();
  readonly #cameBefore = new Set<string>();
  readonly #opened = new Set<string>();
  readonly #state: SessionState;
  readonly #turns: ReadonlyMap<number, Turn>;

  constructor(state: SessionState) {
    this.#state = state;
    this.#turns = new Map(state.turns.map((turn) => [turn.seq, turn]));
  }

  name(personId: string): string {
    return nameOf(this.#state, personId);
  }

  /** '' for an item that stands in the agenda no more. */
  title(itemId: string): string {
    return phrase(this.#state.items.find((item) => item.id === itemId)?.title ?? '');
  }

  /** The item's title; 续 when it had been open before. */
  heading({ itemId }: EntryOf<'item-opened'>): Told {
    const title = this.title(itemId);
    if (title === '') return undefined;
    const again = this.#opened.has(itemId);
    this.#opened.add(itemId);
    return again ? `${title}（续）` : title;
  }

  came({ personId, name }: EntryOf<'joined'>): Told {
    if (this.#inside.has(personId)) return undefined;
    const did = this.#cameBefore.has(personId) ? '返回会议' : '到会';
    this.#inside.add(personId);
    this.#cameBefore.add(personId);
    return { who: name, did };
  }

  went({ personId, removed }: EntryOf<'left'>): Told {
    if (!this.#inside.delete(personId)) return undefined;
    return { who: this.name(personId), did: removed ? '被移出会议' : '离会' };
  }

  /** Whoever answers for himself is on leave, or is not after all. */
  attended({ by, personId, name, status }: EntryOf<'attended'>): Told {
    if (by === personId && status === 'none') return `${name}取消请假。`;
    if (status === 'none') return `${this.name(by)}取消${name}的出席登记。`;
    const as = `登记为${ATTENDANCE_LABEL[status].zh}。`;
    return by === personId ? `${name}${as}` : `${this.name(by)}将${name}${as}`;
  }

  floor({ seq, personId, seconds }: EntryOf<'floor-given'>): Told {
    const turn = this.#turns.get(seq);
    const used = turn ? `，用时${duration(spent(turn.clock, 0))}` : '';
    const allowed = duration((turn?.seconds ?? seconds) * 1000);
    return `请${this.name(personId)}发言（限时${allowed}${used}）。`;
  }

  said({ id, by, messageKind }: EntryOf<'said'>): Told {
    const message = this.#state.messages[id];
    if (!message || silenced(message)) return undefined;
    return `${this.name(by)}（${KIND_LABEL[messageKind].zh}）：${message.body.trim()}${message.marked ? '（入纪要）' : ''}`;
  }

  accepted({ messageId, by }: EntryOf<'problem-accepted'>): Told {
    const message = this.#state.messages[messageId];
    if (!message || silenced(message)) return undefined;
    return `${this.name(by)}将${this.name(message.by)}${clockTime(message.at)}的发言列入问题清单。`;
  }

  recorded(id: string, what: string, who: string): Told {
    const found = this.#state.resolutions.find((each) => each.id === id);
    if (!found || found.struck) return undefined;
    return `${what}：${resolutionLine(found, who)}`;
  }
}

type Tell = { [K in EntryKind]?: (entry: EntryOf<K>, teller: Teller) => Told };

// Hands and the order of the queue, pins, and what was taken back are no part of the record; nor why somebody is on leave.
const TELL: Tell = {
  started: (e, t) => `${t.name(e.by)}宣布会议开始。`,
  paused: (e, t) => `${t.name(e.by)}宣布暂停。`,
  resumed: (e, t) => `${t.name(e.by)}宣布会议继续。`,
  ended: (e, t) => `${t.name(e.by)}宣布会议结束。`,
  joined: (e, t) => t.came(e),
  left: (e, t) => t.went(e),
  attended: (e, t) => t.attended(e),
  'floor-given': (e, t) => t.floor(e),
  said: (e, t) => t.said(e),
  'problem-accepted': (e, t) => t.accepted(e),
  decided: (e, t) => t.recorded(e.id, '议定', '责任单位'),
  assigned: (e, t) => t.recorded(e.id, '分工', '责任人'),
  'item-closed': (e, t) => {
    const title = t.title(e.itemId);
    return title === '' ? undefined : `议程“${title}”结束。`;
  },
};

const tell = (entry: Entry, teller: Teller): Told =>
  (TELL[entry.kind] as ((entry: Entry, teller: Teller) => Told) | undefined)?.(entry, teller);

/** The whole meeting as it went, without what was recalled, hidden or struck. */
export function course(source: Source): Happening[] {
  const teller = new Teller(source.state);
  const out: Happening[] = [];
  // The day it began stands at its head.
  let day = source.state.startedAt ? dayOf(source.state.startedAt) : '';
  let shared: { did: string; time: string; who: string[] } | undefined;
  const flush = () => {
    if (shared)
      out.push({ kind: 'line', time: shared.time, text: `${shared.who.join('、')}${shared.did}。` });
    shared = undefined;
  };
  for (const entry of source.entries) {
    if (entry.kind === 'withheld') continue;
    const told = entry.kind === 'item-opened' ? teller.heading(entry) : tell(entry, teller);
    if (told === undefined) continue;
    const [today, time] = [dayOf(entry.at), clockTime(entry.at)];
    const goesOn = typeof told === 'object' && shared?.did === told.did && shared.time === time;
    if (!goesOn || today !== day) flush();
    if (today !== day) out.push({ kind: 'day', text: longDay(today) });
    day = today;
    if (typeof told === 'object') {
      shared ??= { did: told.did, time, who: [] };
      if (!shared.who.includes(told.who)) shared.who.push(told.who);
    } else if (entry.kind === 'item-opened') out.push({ kind: 'heading', text: told });
    else out.push({ kind: 'line', time, text: told });
  }
  flush();
  return out;
}
