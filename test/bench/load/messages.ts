import { newId } from '../../../shared/ids.ts';
import { seeded } from '../../support/seeded.ts';
import { Ear, eventCache } from './ear.ts';
import { Histogram } from './histogram.ts';
import type { MessagesJob, Outcome, Target } from './job.ts';
import { startUsage } from './proc.ts';
import { inTurns, pause, until } from './steady.ts';

const SENTENCE = '我先说说一线的情况：听课少，反馈慢，老师们提的问题常常没有下文，建议按月通报。';
const DRAIN_MS = 10_000;

interface Entry {
  seq: number;
  kind: string;
  id?: string;
  body?: string;
}
type Answer = { ok: boolean; error?: { code: string; reason: string } } | undefined;

/** F9: people speak in a session; everybody must hear every message once, in order, word for word. */
export async function messages(target: Target, job: MessagesJob): Promise<Outcome> {
  const { sessionId } = target;
  const faults = new Set<string>();
  const sent = new Map<string, { at: number; body: string }>();
  const hall = { open: false, delivered: 0, frames: 0, delays: new Histogram(), acks: new Histogram() };
  const heardBy = new Map<Ear, number>();

  const hear = (ear: Ear, event: unknown[]): void => {
    if (event[0] !== 'entry:appended') return;
    const now = performance.now();
    if (hall.open) hall.frames++;
    for (const entry of (event[1] as { entries: Entry[] }).entries) take(ear, entry, now);
  };
  const take = (ear: Ear, entry: Entry, now: number): void => {
    if (ear.seq !== 0 && entry.seq !== ear.seq + 1) faults.add(`heard ${entry.seq} after ${ear.seq}`);
    ear.seq = entry.seq;
    const said = entry.kind === 'said' ? sent.get(entry.id!) : undefined;
    if (!said) return;
    if (said.body !== entry.body) faults.add('other words arrived');
    heardBy.set(ear, (heardBy.get(ear) ?? 0) + 1);
    if (!hall.open) return;
    hall.delivered++;
    hall.delays.add(now - said.at);
  };

  const events = eventCache();
  const ears = Array.from({ length: job.listeners }, () => new Ear(events, hear));
  await inTurns(ears, async (ear, n) => {
    await ear.come(target.port, target.cookies[n % target.cookies.length] ?? '');
    const answer = (await ear.ask('session.open', { sessionId })) as Answer;
    if (!answer?.ok) faults.add(`could not open the session: ${JSON.stringify(answer?.error)}`);
  });

  let running = true;
  let unanswered = 0;
  const speak = (ear: Ear, n: number): void => {
    const id = newId();
    const body = `${n}。${SENTENCE}`;
    const at = performance.now();
    sent.set(id, { at, body });
    unanswered++;
    void ear.ask('session.say', { sessionId, id, kind: 'speech', body }).then((answer) => {
      unanswered--;
      if (hall.open) hall.acks.add(performance.now() - at);
      const { ok, error } = answer as { ok: boolean; error?: { code: string; reason: string } };
      if (!ok) faults.add(`a message was refused: ${error?.code} ${error?.reason}`);
    });
  };
  // At random around the mean, as people speak up; seeded, so that every server gets the same.
  const random = seeded(20261122);
  const gap = (): number => (-Math.log(1 - random()) * 1000) / job.messagesPerSecond;
  let due = performance.now() + gap();
  let count = 0;
  const turn = (): void => {
    if (!running) return;
    for (; due <= performance.now(); due += gap()) speak(ears[count % job.speakers]!, count++);
    setTimeout(turn, 1);
  };
  turn();
  await pause(job.warmMs);
  hall.open = true;
  const used = startUsage(target.pid);
  await pause(job.windowMs);
  const usage = used();
  hall.open = false;
  running = false;
  const missing = (): number => ears.reduce((sum, ear) => sum + count - (heardBy.get(ear) ?? 0), 0);
  await until(() => missing() === 0 && unanswered === 0, DRAIN_MS);
  if (missing() !== 0) faults.add(`LOST ${missing()}`);
  if (unanswered > 0) faults.add(`${unanswered} messages were never answered`);
  for (const ear of ears) {
    if (ear.closed > 0) faults.add(`a listener was sent away with ${ear.closed}`);
    ear.leave();
  }
  return {
    figures: {
      perCpuSecond: hall.delivered / usage.server,
      p50: hall.delays.quantile(0.5),
      p99: hall.delays.quantile(0.99),
      ackP99: hall.acks.quantile(0.99),
      delivered: hall.delivered / usage.wall,
      frames: hall.frames / usage.wall,
      serverCpu: usage.server / usage.wall,
      loadCpu: usage.load / usage.wall,
      others: usage.others,
    },
    faults: [...faults],
  };
}
