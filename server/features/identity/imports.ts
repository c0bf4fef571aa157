import { AppError, isError } from '../../../shared/errors.ts';
import { derivedId } from '../../platform/secrets.ts';
import { modify } from '../../storage/modify.ts';
import type { RecordStore } from '../../storage/port.ts';
import {
  type ImportRecord,
  type ImportRow,
  people,
  type PersonRecord,
  rosterImports,
} from './collections.ts';
import type { People } from './people.ts';
import { nameKey, nameSlot, unitSlot } from './rules.ts';
import type { Units } from './units.ts';

export interface ImportParts {
  records: RecordStore;
  people: People;
  units: Units;
}

/** A checked file on its way in. */
export type Batch = Omit<ImportRecord, 'version' | 'done'>;

/** Imports that have been stored and not yet carried out. */
export async function unfinishedImports(records: RecordStore): Promise<ReadonlySet<string>> {
  const open = await records.list(rosterImports, 'byDone', { done: false });
  return new Set(open.map((batch) => batch.id));
}

/**
 * Rosters from files. Storing the batch is the commit: from then on it is carried out, now or after a crash, and every
 * step may be run again because ids derive from the batch. Readers skip what it made until it is done.
 */
export function createImports({ records, people: known, units }: ImportParts) {
  async function unitFor(batch: ImportRecord, row: ImportRow, order: number): Promise<string> {
    const found = await units.find(batch.campaignId, row.unit);
    if (found) return found.id;
    const id = derivedId(batch.id, 'unit', nameKey(row.unit));
    const { campaignId } = batch;
    try {
      return (await units.add({ id, campaignId, name: row.unit, importId: batch.id, order }, batch.by)).id;
    } catch (error) {
      const other = isError(error, 'CONFLICT') ? await units.find(campaignId, row.unit) : undefined;
      if (other) return other.id;
      throw error;
    }
  }

  /** Somebody known gets what the file says of them; who walked in is on the roster now. */
  async function update(personId: string, row: ImportRow): Promise<void> {
    await modify(records, people, personId, (person): PersonRecord | undefined => {
      const position = row.position || person.position;
      const level = row.level || person.level;
      const same = person.kind === 'roster' && person.position === position && person.level === level;
      return same ? undefined : { ...person, kind: 'roster', position, level };
    });
  }

  async function personFor(batch: ImportRecord, at: number, unitId: string): Promise<void> {
    const row = batch.rows[at]!;
    const slot = nameSlot(batch.campaignId, { unitId, typedUnit: '' }, row.name);
    const found = await known.bySlot(slot);
    if (found) return update(found.id, row);
    const draft = known.draft({
      id: derivedId(batch.id, 'person', slot),
      kind: 'roster',
      campaignId: batch.campaignId,
      unitId,
      slot,
      name: row.name,
      position: row.position,
      level: row.level,
      // Lines count in each sheet anew; people stand as they do in the file.
      order: Date.parse(batch.at) + at,
      importId: batch.id,
      editedBy: batch.by,
    });
    try {
      await known.ensure(draft);
    } catch (error) {
      if (!isError(error, 'CONFLICT')) throw error;
      // Somebody walked in under this name a moment ago.
      const other = await known.bySlot(slot);
      if (other) await update(other.id, row);
    }
  }

  async function carryOut(batch: ImportRecord): Promise<void> {
    const unitIds = new Map<string, string>();
    let order = ((await units.list(batch.campaignId)).at(-1)?.order ?? 0) + 1;
    for (const [at, row] of batch.rows.entries()) {
      const key = nameKey(row.unit);
      if (!unitIds.has(key)) unitIds.set(key, await unitFor(batch, row, order++));
      await personFor(batch, at, unitIds.get(key)!);
    }
    await modify(records, rosterImports, batch.id, (b) => (b.done ? undefined : { ...b, done: true }));
  }

  async function commit(batch: Batch): Promise<ImportRecord> {
    try {
      return await records.insert(rosterImports, { ...batch, done: false });
    } catch (error) {
      const stored = isError(error, 'CONFLICT') ? await records.get(rosterImports, batch.id) : undefined;
      if (!stored) throw error;
      if (stored.campaignId !== batch.campaignId || stored.digest !== batch.digest)
        throw new AppError('CONFLICT', 'import.other-file');
      return stored;
    }
  }

  return {
    /** Which of the rows name somebody known already. */
    async preview(campaignId: string, rows: readonly Omit<ImportRow, 'known'>[]): Promise<ImportRow[]> {
      const found = new Map((await units.list(campaignId)).map((unit) => [unit.slot, unit.id]));
      const checked: ImportRow[] = [];
      for (const row of rows) {
        const unitId = found.get(unitSlot(campaignId, row.unit));
        const slot = unitId && nameSlot(campaignId, { unitId, typedUnit: '' }, row.name);
        checked.push({ ...row, known: slot !== undefined && (await known.bySlot(slot)) !== undefined });
      }
      return checked;
    },

    /** The rows as first imported: sent again with the same id and file, the answer is the same. CONFLICT `import.other-file`. */
    async apply(batch: Batch): Promise<ImportRow[]> {
      const stored = await commit(batch);
      if (!stored.done) await carryOut(stored);
      return stored.rows;
    },

    /** Finishes what a crash left; called at start, before anybody is let in. */
    async resume(): Promise<number> {
      const open = await records.list(rosterImports, 'byDone', { done: false });
      for (const batch of open) await carryOut(batch);
      return open.length;
    },
  };
}
