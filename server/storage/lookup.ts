import type { Collection, Index } from './collection.ts';
import { checkScalar } from './accept.ts';
import { type RecordForm, recordFormOf, scalarKind } from './form.ts';
import type { Page, Stored } from './port.ts';

export type Scalar = string | number | boolean;

/** A collection whose indexes have been checked against its shape; engines derive everything else from it. */
export interface Plan {
  name: string;
  form: RecordForm;
  /** What an indexed field holds. */
  kinds: ReadonlyMap<string, 'string' | 'number' | 'boolean'>;
  indexes: ReadonlyMap<string, { fields: readonly string[]; unique: boolean }>;
}

/** A checked read: every field but the ordering one with its value, and the page. */
export interface Lookup {
  equal: readonly (readonly [field: string, value: Scalar])[];
  /** The index's last field. */
  by: string;
  page: Page;
}

const FIELD = /^[A-Za-z][A-Za-z0-9_]*$/;
const plans = new WeakMap<Collection<never>, Plan>();

function plan<R extends Stored>(c: Collection<R>): Plan {
  const form = recordFormOf(c.shape);
  const indexes = new Map([['id', { fields: ['id'] as readonly string[], unique: true }]]);
  const kinds: Map<string, 'string' | 'number' | 'boolean'> = new Map([['id', 'string']]);
  for (const [name, index] of Object.entries(c.indexes) as [string, Index<R>][]) {
    if (!FIELD.test(name) || name === 'id' || index.fields.length === 0)
      throw new Error(`index ${c.name}.${name}`);
    for (const field of index.fields) {
      const kind = scalarKind(form, field);
      if (!FIELD.test(field) || !kind)
        throw new Error(`index ${c.name}.${name}: ${field} is no required scalar`);
      kinds.set(field, kind);
    }
    indexes.set(name, { fields: index.fields, unique: index.unique === true });
  }
  return { name: c.name, form, kinds, indexes };
}

/** Checks a collection's declaration once; throws a plain Error, since a wrong declaration is a fault of the program. */
export function planOf<R extends Stored>(c: Collection<R>): Plan {
  const known = plans.get(c as unknown as Collection<never>);
  if (known) return known;
  const made = plan(c);
  plans.set(c as unknown as Collection<never>, made);
  return made;
}

function indexOf<R extends Stored>(c: Collection<R>, name: string) {
  const index = planOf(c).indexes.get(name);
  if (!index) throw new Error(`collection ${c.name} declares no index ${name}`);
  return index;
}

function checkValue<R extends Stored>(
  c: Collection<R>,
  field: string,
  value: unknown,
): asserts value is Scalar {
  checkScalar(c.name, field, value, planOf(c).kinds.get(field));
}

function values<R extends Stored>(
  c: Collection<R>,
  index: string,
  fields: readonly string[],
  given: Partial<R>,
) {
  for (const key of Object.keys(given)) {
    if (!fields.includes(key)) throw new Error(`${c.name}.${index} does not take ${key} here`);
  }
  return fields.map((field) => {
    const value: unknown = given[field as keyof R];
    if (value === undefined) throw new Error(`${c.name}.${index} needs ${field}`);
    checkValue(c, field, value);
    return [field, value] as const;
  });
}

/** For `find`: the index must be unique and all of its fields given. */
export function keyOf<R extends Stored>(c: Collection<R>, name: string, key: Partial<R>) {
  const index = indexOf(c, name);
  if (!index.unique) throw new Error(`${c.name}.${name} is not unique`);
  return values(c, name, index.fields, key);
}

/** For `list` and `count`: all fields but the last given, the last one orders. */
export function lookupOf<R extends Stored>(
  c: Collection<R>,
  name: string,
  match: Partial<R>,
  page: Page = {},
): Lookup {
  const { fields } = indexOf(c, name);
  const by = fields.at(-1) as string;
  if (page.after !== undefined) checkValue(c, by, page.after);
  if (page.before !== undefined) checkValue(c, by, page.before);
  if (page.limit !== undefined && !(Number.isSafeInteger(page.limit) && page.limit > 0))
    throw new Error(`limit ${page.limit}`);
  return { equal: values(c, name, fields.slice(0, -1), match), by, page };
}
