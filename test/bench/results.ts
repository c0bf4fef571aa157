import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { machineLine, versionsLine } from './machine.ts';

const mark = (id: string): string => `<!-- ${id} -->`;
const PART = /<!-- (F\d+) -->\n([\s\S]*?)(?=<!-- F\d+ -->|$)/g;

const HEADER = () => `# Results of \`npm run bench\`

Written by the tool; do not edit. The promises are F1 to F9 of the performance promises. Each part below says when and from
which commit it was measured; a run with \`--only\` replaces only its own parts.

- Machine: ${machineLine()}
- ${versionsLine()}

## How to read it

- Each run starts a fresh server with an empty store in a process of its own, and the load in another. Servers take turns (A B C,
  A B C …). A figure is the median of the rounds, with the least and the most in brackets.
- CPU seconds are user and system time of the server's whole process tree as the kernel counts them, over the measured window
  only; starting, signing in and connecting lie before it. "Load cores" is what the load itself used, "others’ cores" what the
  rest of the machine used meanwhile. Times (and what hangs on them) are taken only from runs in which that was at most a quarter
  of a core, if there were any; CPU seconds hold better, but a crowded machine makes them dearer for everybody.
- "Delivered" are letters that arrived at receivers other than their author, not frames. Every receiver follows the clock of every
  writer and every letter is compared with what was written; some receivers are real Y.Docs, which must equal the writers'
  documents at the end, and so must the document that a newcomer gets from the server. A run in which a letter is missing or
  differs is a fault and does not count.
- "ours" runs with the tick as it is delivered; "ours, N ms tick" with MAX_TICK_MS=N, where somebody wants letters sooner, or
  fewer frames.
- People type and speak irregularly: pauses of random length around the mean (a Poisson process), seeded, so the same for every
  server. One that gathers over a tick finds fewer edits to gather than when all type in step.
- Latency is from the moment a writer's frame is handed to the kernel to the moment its receiver has read it.

## What is not equal

- Ours stores every edit (SQLite, synchronous FULL) *before* anybody sees it, and says so to its author; it asks at the door who
  comes and what they may do, checks every update against the rules of the gatekeeper and the ledger of client ids, and counts
  metrics. All of that is on in every run, at the log level it has by default; the people come in over the product's own HTTP API.
- Hocuspocus stores the whole document 2 s after the last edit, 10 s after the first at most (its default debounce), in SQLite with
  the statements of its own extension; a crash loses what was not stored yet. It asks for a token, and takes any.
- y-websocket with y-leveldb writes each update, without waiting for it and without fsync. @y/websocket-server, the
  relay and the Socket.IO room store nothing. None of these four asks who comes, and none checks what arrives.
- \`flushDelay\` is Hocuspocus 4's own option to gather what goes out (its default is 0: what came in one turn of the event loop).

`;

/** Puts the parts into the file, in the order of their ids, and leaves the others in it as they are. */
export function writeSections(file: string, sections: ReadonlyMap<string, string>): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const parts = new Map([...before.matchAll(PART)].map(([, id, text]) => [id!, text!.trimEnd()]));
  for (const [id, text] of sections) parts.set(id, text.trimEnd());
  const ordered = [...parts].sort(([a], [b]) => a.localeCompare(b));
  writeFileSync(file, HEADER() + ordered.map(([id, text]) => `${mark(id)}\n${text}\n`).join('\n'));
}
