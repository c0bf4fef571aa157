import { newId } from '../../shared/ids.ts';

type Random = () => number;

const NAMES = [
  'session.say',
  'session.open',
  'session.entries',
  'session.messages',
  'session.raiseHand',
  'session.pin',
  'session.decide',
  'session.away',
  'session.end',
  'identity.signIn',
  'entry:appended',
  '__proto__',
  'constructor',
  'toString',
  '',
];

/** What a socket of a session may be sent: right for the most part, with values of other types where it hurts. */
export class TalkFuzz {
  readonly #random: Random;
  readonly #sessionId: string;

  constructor(random: Random, sessionId: string) {
    this.#random = random;
    this.#sessionId = sessionId;
  }

  #pick(below: number): number {
    return Math.floor(this.#random() * below);
  }
  #of<T>(list: readonly T[]): T {
    return list[this.#pick(list.length)]!;
  }

  #value(depth = 0): unknown {
    const deep = depth > 3 ? [] : [[this.#value(depth + 1)], { id: this.#value(depth + 1) }];
    return this.#of<unknown>([
      ...[
        undefined,
        null,
        true,
        0,
        -1,
        2 ** 53,
        1e308,
        '',
        ' ',
        '破立',
        '\u0000',
        '\ud800',
        'x'.repeat(3_000),
      ],
      ...[[], {}, newId(), this.#sessionId, JSON.parse('{"__proto__":{"isAdmin":true}}'), new Uint8Array(3)],
      ...deep,
    ]);
  }

  /** An event as a client emits it. */
  call(): [string, ...unknown[]] {
    const input: Record<string, unknown> = {
      ...{ sessionId: this.#sessionId, id: newId(), kind: 'speech', body: '乱', after: 0, limit: 10 },
      ...{ before: 5, messageId: newId(), away: true },
    };
    for (let n = this.#pick(4); n > 0; n--) input[this.#of(Object.keys(input))] = this.#value();
    if (this.#random() < 0.2) delete input[this.#of(Object.keys(input))];
    const given = this.#random() < 0.8 ? input : this.#value();
    return this.#random() < 0.9 ? [this.#of(NAMES), given] : [this.#of(NAMES), given, this.#value()];
  }

  /** A packet below that: text of Engine.IO and Socket.IO that no client writes. */
  packet(): string | Uint8Array {
    const body = JSON.stringify([this.#of(NAMES), this.#value()]);
    return this.#of<string | Uint8Array>([
      ...[
        '',
        '0',
        '1',
        '2',
        '2probe',
        '3',
        '4',
        '5',
        '6',
        '7',
        '9{}',
        '40',
        '40{}',
        '40/collab,',
        '40/none,',
        '41',
      ],
      ...[
        `42${body}`,
        `42${body.slice(0, this.#pick(body.length))}`,
        `4299999999999999999999${body}`,
        `43${this.#pick(9)}[]`,
      ],
      ...[
        '42{}',
        '42[]',
        '42[1]',
        '42["connect"]',
        '42["disconnect"]',
        '42["error"]',
        '44',
        '45',
        '451-["x"]',
      ],
      ...[
        `451-["session.say",{"_placeholder":true,"num":${this.#of([0, 1, -1, '"x"'])}}]`,
        '4599999999-["x"]',
        '461-[]',
      ],
      ...[
        `42/collab,["doc:open",${JSON.stringify(this.#value()) ?? ''},"list.x"]`,
        `42${'['.repeat(20_000)}`,
      ],
      ...[Uint8Array.from({ length: this.#pick(30) }, () => this.#pick(256)), new Uint8Array(0)],
    ]);
  }
}
