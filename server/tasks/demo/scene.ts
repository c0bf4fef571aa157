import { dayOf } from '../../../shared/days.ts';
import { newId } from '../../../shared/ids.ts';
import type { AttendanceStatus, MessageKind } from '../../../shared/log.ts';
import type { Context, Handlers } from '../../platform/handler.ts';

const DAY = 86_400_000;

/** One meeting that is being played through the app's own handlers, as if those people were sitting at their devices. */
export interface Scene {
  handlers: Handlers;
  sessionId: string;
  /** Ids of the agenda's items in their order. */
  items: readonly string[];
  /** When the meeting was opened, in ms. */
  startedAt: number;
  /** Messages that the script refers to later, by the mark it gave them. */
  marked: Map<string, string>;
  setClock(ms: number): void;
  /** Whoever is called so, at their device. */
  as(name: string): Context;
  idOf(name: string): string;
}

interface Moment {
  scene: Scene;
  context: Context;
  /** Session and the id of this act. */
  act: { sessionId: string; id: string };
}
type Deed = (moment: Moment) => Promise<unknown>;

/** When (`minutes:seconds` from the opening, `-` before it), who, what. */
export type Step = readonly [at: string, by: string, deed: Deed];

export const enter: Deed = ({ scene, context, act }) => scene.handlers.session.enter(context, act);
export const start: Deed = ({ scene, context, act }) => scene.handlers.session.start(context, act);
export const hand: Deed = ({ scene, context, act }) => scene.handlers.session.raiseHand(context, act);
export const yieldFloor: Deed = ({ scene, context, act }) => scene.handlers.session.endFloor(context, act);
export const end: Deed = ({ scene, context, act }) =>
  scene.handlers.session.end(context, { ...act, carryOver: [] });

/** `mark` names the message for `pin`, `takeUp` and `intoMinutes`. */
export const say =
  (kind: MessageKind, body: string, mark?: string): Deed =>
  ({ scene, context, act }) => {
    if (mark !== undefined) scene.marked.set(mark, act.id);
    return scene.handlers.session.say(context, { ...act, kind, body });
  };

/** Counts from 1. */
export const openItem =
  (item: number): Deed =>
  ({ scene, context, act }) =>
    scene.handlers.session.openItem(context, { ...act, itemId: scene.items[item - 1]! });

/** Puts a guiding question up. */
export const prompt =
  (zh: string, en: string): Deed =>
  ({ scene, context, act }) =>
    scene.handlers.session.prompt(context, { ...act, prompt: { zh, en } });

export const floor =
  (name: string, minutes: number): Deed =>
  ({ scene, context, act }) =>
    scene.handlers.session.giveFloor(context, { ...act, personId: scene.idOf(name), minutes });

export const extend =
  (minutes: number): Deed =>
  ({ scene, context, act }) =>
    scene.handlers.session.extendFloor(context, { ...act, minutes });

const messageOf = (scene: Scene, mark: string) => scene.marked.get(mark)!;

export const pin =
  (mark: string): Deed =>
  ({ scene, context, act }) =>
    scene.handlers.session.pin(context, { ...act, messageId: messageOf(scene, mark) });

export const intoMinutes =
  (mark: string): Deed =>
  ({ scene, context, act }) =>
    scene.handlers.session.mark(context, { ...act, messageId: messageOf(scene, mark) });

export const recall =
  (mark: string): Deed =>
  ({ scene, context, act }) =>
    scene.handlers.session.recall(context, { ...act, messageId: messageOf(scene, mark) });

export const takeUp =
  (mark: string): Deed =>
  ({ scene, context, act }) =>
    scene.handlers.session.takeUp(context, {
      sessionId: act.sessionId,
      messageId: messageOf(scene, mark),
    });

export const attend =
  (name: string, status: AttendanceStatus, reason = ''): Deed =>
  ({ scene, context, act }) =>
    scene.handlers.session.attend(context, { ...act, personId: scene.idOf(name), status, reason });

const dueIn = (scene: Scene, days: number) => dayOf(new Date(scene.startedAt + days * DAY).toISOString());

export const decide =
  (unitName: string, days: number, text: string): Deed =>
  ({ scene, context, act }) =>
    scene.handlers.session.decide(context, { ...act, text, unitName, due: dueIn(scene, days) });

export const assign =
  (ownerName: string, days: number, text: string): Deed =>
  ({ scene, context, act }) =>
    scene.handlers.session.assign(context, { ...act, text, ownerName, due: dueIn(scene, days) });

/** '-05:30' in milliseconds. */
function offset(at: string): number {
  const [minutes, seconds] = at.replace('-', '').split(':').map(Number) as [number, number];
  return (at.startsWith('-') ? -1 : 1) * (minutes * 60 + seconds) * 1000;
}

/** Plays the script, each step at its own time. */
export async function play(scene: Scene, script: readonly Step[]): Promise<void> {
  for (const [at, by, deed] of script) {
    const time = scene.startedAt + offset(at);
    scene.setClock(time);
    await deed({
      scene,
      context: scene.as(by),
      act: { sessionId: scene.sessionId, id: newId(time) },
    });
  }
}
