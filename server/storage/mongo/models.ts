import type { Connection, Model } from 'mongoose';
import type { Collection } from '../collection.ts';
import { type Plan, planOf } from '../lookup.ts';
import type { Stored } from '../port.ts';
import { guarded, INDEX_MS } from './failure.ts';
import { makeIndexes } from './indexes.ts';
import { schemaOf } from './schema.ts';

export type Document = Record<string, unknown> & { _id: string };
export interface Ready {
  model: Model<Document>;
  plan: Plan;
}

function compile<R extends Stored>(connection: Connection, c: Collection<R>): Ready {
  const plan = planOf(c);
  const { base, variants } = schemaOf(plan);
  const model = connection.model<Document>(c.name, base, `record_${c.name}`);
  for (const [value, schema] of variants) model.discriminator(`${c.name}.${value}`, schema, value);
  return { model, plan };
}

/**
 * Collections as mongoose models, each made at its first use: compiled from its shape, its collection and indexes created
 * where they are missing.
 */
export function openModels(connection: Connection): <R extends Stored>(c: Collection<R>) => Promise<Ready> {
  const models = new Map<string, { c: unknown; ready: Promise<Ready> }>();

  async function prepare<R extends Stored>(c: Collection<R>): Promise<Ready> {
    const ready = compile(connection, c);
    await guarded(() => makeIndexes(ready.model), INDEX_MS);
    return ready;
  }

  return (c) => {
    const known = models.get(c.name);
    if (known && known.c !== c) throw new Error(`collection ${c.name} is declared twice`);
    if (known) return known.ready;
    const ready = prepare(c);
    models.set(c.name, { c, ready });
    ready.catch(() => {
      models.delete(c.name);
      if (connection.models[c.name]) connection.deleteModel(c.name);
    });
    return ready;
  };
}
