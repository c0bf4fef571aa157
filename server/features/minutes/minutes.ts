import type { Contract } from '../../../shared/contract/index.ts';
import type { Hand, MinutesView, Speeches } from '../../../shared/contract/minutes.ts';
import { AppError, isError } from '../../../shared/errors.ts';
import type { Entry } from '../../../shared/log.ts';
import type { Action } from '../../../shared/policy.ts';
import type { Context, HandlersOf } from '../../platform/handler.ts';
import { modify } from '../../storage/modify.ts';
import type { RecordStore } from '../../storage/port.ts';
import type { Session } from '../session/session.ts';
import { type MinutesRecord, minutes } from './collections.ts';
import { compose as composed, RULES } from './compose.ts';
import type { Composed } from './composed.ts';
import * as layout from './layout.ts';
import { merge, stillRemoved } from './merge.ts';
import { change, open, sealDigest } from './rules.ts';
import { viewOf } from './view.ts';

export interface Minutes {
  handlers: HandlersOf<Contract['minutes']>;
  /** For exports, after the right was checked. WRONG_STATE before the end. */
  forExport(context: Context, sessionId: string): Promise<Exportable>;
}

/** What a file is called by, which costs nothing; `read` composes the minutes as they stand. */
export interface Exportable {
  title: string;
  sealed: MinutesView['sealed'];
  read(): Promise<MinutesView>;
}

/** Below what a record may weigh (12 MiB), with room for what people write. */
const MOST_BYTES = 8 * 1024 * 1024;
const weightOf = (composed: readonly Composed[]): number =>
  composed.reduce((sum, each) => sum + Buffer.byteLength(each.composed) + 400, 0);

type Entries = readonly Entry[];

/** As the log gives it under the rules of today, with the hand's work kept. TOO_LARGE when it is more than a record holds. */
function composeInto(
  record: Omit<MinutesRecord, 'version' | 'title' | 'upTo'>,
  { entries, title }: { entries: Entries; title: string },
) {
  const { paragraphs, speeches } = composed(record.id, entries, record.choice);
  if (weightOf(paragraphs) > MOST_BYTES) throw new AppError('TOO_LARGE', 'minutes.large');
  const removed = stillRemoved(record.removed ?? [], paragraphs);
  const away = new Set(removed.map((each) => each.paragraph.id));
  return {
    ...{ title, speeches, upTo: entries.length, rules: RULES },
    paragraphs: merge(record.paragraphs, paragraphs, away),
    ...(removed.length > 0 && { removed }),
  };
}

/** Composed by other rules than today's, and nobody has made it final. */
const outdated = (record: MinutesRecord): boolean =>
  !record.sealing && !record.sealed && (record.rules ?? 1) < RULES;

export function createMinutes(parts: { records: RecordStore; session: Session; now: () => number }): Minutes {
  const { records, session } = parts;
  const iso = () => new Date(parts.now()).toISOString();

  async function ended(sessionId: string) {
    return session.read(sessionId, ({ state, entries }) => {
      if (state.phase !== 'ended') throw new AppError('WRONG_STATE', 'session.not-ended');
      return { entries: [...entries], title: state.schedule?.title ?? '' };
    });
  }

  /** `choice` is what a hand has just chosen. */
  async function compose(sessionId: string, campaignId: string, choice?: Speeches): Promise<MinutesRecord> {
    const log = await ended(sessionId);
    if (await records.get(minutes, sessionId)) {
      return modify(records, minutes, sessionId, (record) => {
        if (record.sealing || record.sealed || record.upTo > log.entries.length) return undefined;
        const chosen = choice ? { ...record, choice } : record;
        const before = outdated(record) ? { rulesBefore: record.rules ?? 1 } : {};
        return { ...chosen, ...composeInto(chosen, log), ...before };
      });
    }
    const blank = { id: sessionId, campaignId, paragraphs: [], ...(choice && { choice }) };
    try {
      return await records.insert(minutes, { ...blank, ...composeInto(blank, log) });
    } catch (error) {
      // Two people opened it at once: the other one's is the same.
      const other = isError(error, 'CONFLICT') ? await records.get(minutes, sessionId) : undefined;
      if (other) return other;
      throw error;
    }
  }

  /** Takes this seal back and no other. */
  const unseal = (id: string, sha256: string) =>
    modify(records, minutes, id, (record) => {
      const { sealing, ...rest } = record;
      return sealing?.sha256 === sha256 && !record.sealed ? rest : undefined;
    });

  /**
   * Finishes a seal that a crash left half done, or takes it back when the log has moved on first (the session was resumed, the
   * attendance corrected): the log decides which came first.
   */
  async function finishSeal(record: MinutesRecord): Promise<MinutesRecord> {
    const { sealing } = record;
    if (!sealing || record.sealed) return record;
    const { personId, ...seal } = sealing;
    try {
      await session.seal(record.id, { by: personId, sha256: seal.sha256, upTo: record.upTo });
    } catch (error) {
      if (isError(error, 'WRONG_STATE') || isError(error, 'CONFLICT')) await unseal(record.id, seal.sha256);
      throw error;
    }
    return modify(records, minutes, record.id, (each) =>
      each.sealed ? undefined : { ...each, sealed: seal },
    );
  }

  /** Stops every edit; who comes second hears that the minutes have changed. */
  async function beginSeal(
    standing: MinutesRecord,
    sealing: NonNullable<MinutesRecord['sealing']>,
  ): Promise<MinutesRecord> {
    try {
      return await records.replace(minutes, { ...standing, sealing });
    } catch (error) {
      throw isError(error, 'CONFLICT') ? new AppError('CONFLICT', 'minutes.changed') : error;
    }
  }

  async function stand(context: Context, sessionId: string, action: Action): Promise<MinutesRecord> {
    const place = await session.place(context, sessionId, action);
    return standing(sessionId, place.record.campaignId);
  }

  async function standing(sessionId: string, campaignId: string): Promise<MinutesRecord> {
    const sealing = await records.get(minutes, sessionId);
    if (sealing?.sealing) {
      try {
        return await finishSeal(sealing);
      } catch (error) {
        // The log had moved on: the seal was taken back, and what there is to say now is composed below.
        if (!isError(error, 'CONFLICT')) throw error;
      }
    }
    const known = await records.get(minutes, sessionId);
    const length = known ? await session.read(sessionId, ({ entries }) => entries.length) : 0;
    // A session that was resumed and ended again has more to say; edits stay.
    return known && known.upTo >= length && !outdated(known) ? known : compose(sessionId, campaignId);
  }

  /** Everything that changes minutes: read, change, store, tell. */
  async function edited(
    sessionId: string,
    apply: (record: MinutesRecord) => MinutesRecord,
  ): Promise<MinutesView> {
    const record = await modify(records, minutes, sessionId, (each) => {
      const next = apply(each);
      return next === each ? undefined : next;
    });
    session.minutesChanged(sessionId);
    return viewOf(record);
  }

  const handOf = ({ actor }: Context): Hand => ({ by: actor.kind === 'person' ? actor.name : '', at: iso() });

  /** Composed anew, unless it is final. */
  async function anew(context: Context, sessionId: string, choice?: Speeches): Promise<MinutesView> {
    const { record } = await session.place(context, sessionId, 'minutes:edit');
    const known = await records.get(minutes, sessionId);
    if (known) open(known);
    const made = await compose(sessionId, record.campaignId, choice);
    session.minutesChanged(sessionId);
    return viewOf(made);
  }

  /** A step of somebody who may edit. */
  const byHand =
    <I extends { sessionId: string }>(step: (record: MinutesRecord, input: I, hand: Hand) => MinutesRecord) =>
    async (context: Context, input: I): Promise<MinutesView> => {
      await stand(context, input.sessionId, 'minutes:edit');
      const hand = handOf(context);
      return edited(input.sessionId, (record) => step(record, input, hand));
    };

  return {
    async forExport(context, sessionId) {
      const { record } = await session.place(context, sessionId, 'minutes:export');
      const title = await session.read(sessionId, ({ state }) => {
        if (state.phase !== 'ended') throw new AppError('WRONG_STATE', 'session.not-ended');
        return state.schedule?.title ?? '';
      });
      const known = await records.get(minutes, sessionId);
      const read = async () => viewOf(await standing(sessionId, record.campaignId));
      return { title: known?.sealed ? known.title : title, sealed: known?.sealed, read };
    },
    handlers: {
      async open(context, input) {
        const place = await session.place(context, input.sessionId, 'minutes:read');
        const { removed, ...view } = viewOf(await standing(input.sessionId, place.record.campaignId));
        return { ...view, ...(removed && place.may('minutes:edit') && { removed }) };
      },
      edit: byHand((record, { paragraphId, rev, text }, hand) =>
        change(record, paragraphId, rev, { text, ...hand }),
      ),
      revert: byHand((record, { paragraphId, rev }, hand) => {
        const without = record.paragraphs.find((each) => each.id === paragraphId)?.composed === '';
        // Without the hand's words nothing would be left of it.
        return without
          ? layout.remove(record, paragraphId, rev, hand)
          : change(record, paragraphId, rev, undefined);
      }),
      add: byHand((record, { paragraphId, after, kind, text }, hand) =>
        layout.add(record, { id: `hand.${paragraphId}`, after, kind, text }, hand),
      ),
      remove: byHand((record, { paragraphId, rev }, hand) => layout.remove(record, paragraphId, rev, hand)),
      restore: byHand((record, { paragraphId }) => layout.restore(record, paragraphId)),
      move: byHand((record, { paragraphId: id, ...place }, hand) =>
        layout.move(record, { id, ...place }, hand),
      ),
      listSpeeches: (context, input) => anew(context, input.sessionId, input.speeches),
      recompose: (context, input) => anew(context, input.sessionId),
      async seal(context, input) {
        const { person } = await session.place(context, input.sessionId, 'minutes:seal');
        const standing = await stand(context, input.sessionId, 'minutes:seal');
        if (standing.sealed)
          throw new AppError('CONFLICT', 'minutes.sealed', {
            facts: { by: standing.sealed.by, at: standing.sealed.at },
          });
        if (standing.version !== input.version) throw new AppError('CONFLICT', 'minutes.changed');
        const seal = { at: iso(), by: person.name, sha256: sealDigest(standing.title, standing.paragraphs) };
        const sealed = await finishSeal(await beginSeal(standing, { ...seal, personId: person.personId }));
        session.minutesChanged(input.sessionId);
        return viewOf(sealed);
      },
    },
  };
}
