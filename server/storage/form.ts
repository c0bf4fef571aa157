import type { z } from 'zod';

/** What a schema looks like from outside: enough to check index fields and to derive an engine's own schema. */
export type Form =
  | { kind: 'string'; values?: readonly string[]; most?: number }
  | { kind: 'number'; least?: number; most?: number }
  | { kind: 'boolean' }
  | { kind: 'object'; fields: Readonly<Record<string, Field>> }
  | { kind: 'union'; tag?: string; options: readonly Form[] }
  | { kind: 'array'; of: Form }
  | { kind: 'map'; of: Form }
  | { kind: 'free' };

export interface Field {
  form: Form;
  required: boolean;
}

interface Def {
  type: string;
  innerType?: z.core.$ZodType;
  element?: z.core.$ZodType;
  keyType?: z.core.$ZodType;
  valueType?: z.core.$ZodType;
  options?: readonly z.core.$ZodType[];
  discriminator?: string;
  shape?: Readonly<Record<string, z.core.$ZodType>>;
  catchall?: z.core.$ZodType;
  entries?: Readonly<Record<string, string | number>>;
  values?: readonly unknown[];
  getter?: () => z.core.$ZodType;
}

const WRAPPERS = ['optional', 'nullable', 'nonoptional', 'readonly', 'default', 'prefault'];
const FREE = ['any', 'unknown', 'null', 'tuple', 'lazy', 'intersection', 'template_literal', 'custom'];

const defOf = (schema: z.core.$ZodType) => schema._zod.def as unknown as Def;

function bounds(schema: z.core.$ZodType): { least?: number; most?: number } {
  const bag = schema._zod.bag as { minimum?: number; maximum?: number };
  return {
    ...(Number.isFinite(bag.minimum) ? { least: bag.minimum as number } : {}),
    ...(Number.isFinite(bag.maximum) ? { most: bag.maximum as number } : {}),
  };
}

function literal(values: readonly unknown[]): Form {
  if (values.every((v) => typeof v === 'string')) return { kind: 'string', values };
  if (values.every((v) => typeof v === 'number')) return { kind: 'number' };
  if (values.every((v) => typeof v === 'boolean')) return { kind: 'boolean' };
  return { kind: 'free' };
}

function objectForm(def: Def): Form {
  // A catchall admits keys nobody declared, so the whole object is free.
  if (def.catchall && defOf(def.catchall).type !== 'never') return { kind: 'free' };
  const fields: Record<string, Field> = {};
  for (const [name, schema] of Object.entries(def.shape ?? {})) {
    fields[name] = {
      form: formOf(schema),
      required: schema._zod.optout !== 'optional' && !takesNull(schema),
    };
  }
  return { kind: 'object', fields };
}

function takesNull(schema: z.core.$ZodType): boolean {
  const def = defOf(schema);
  if (def.type === 'nullable') return true;
  return def.innerType !== undefined && WRAPPERS.includes(def.type) && takesNull(def.innerType);
}

/** Reads a zod schema. Throws on what is not plain JSON (dates, sets, transforms): a record would not come back as it went in. */
export function formOf(schema: z.core.$ZodType): Form {
  const def = defOf(schema);
  if (def.innerType && WRAPPERS.includes(def.type)) return formOf(def.innerType);
  if (FREE.includes(def.type)) return { kind: 'free' };
  switch (def.type) {
    case 'string': {
      const { most } = bounds(schema);
      return most === undefined ? { kind: 'string' } : { kind: 'string', most };
    }
    case 'number':
      return { kind: 'number', ...bounds(schema) };
    case 'boolean':
      return { kind: 'boolean' };
    case 'enum':
      return literal(Object.values(def.entries ?? {}));
    case 'literal':
      return literal(def.values ?? []);
    case 'object':
      return objectForm(def);
    case 'array':
      return { kind: 'array', of: formOf(def.element as z.core.$ZodType) };
    case 'record':
      return { kind: 'map', of: formOf(def.valueType as z.core.$ZodType) };
    case 'union':
      return unionForm(def);
    default:
      throw new Error(`a record cannot hold a zod ${def.type}: it is not plain JSON`);
  }
}

function unionForm(def: Def): Form {
  const options = (def.options ?? []).map(formOf);
  const first = options[0];
  if (first && options.every((o) => o.kind === first.kind && (o.kind === 'number' || o.kind === 'boolean')))
    return { kind: first.kind } as Form;
  if (options.every((o) => o.kind === 'string')) return { kind: 'string' };
  return def.discriminator ? { kind: 'union', tag: def.discriminator, options } : { kind: 'union', options };
}

/** The kind of a field that every form of the record has as a required scalar, else undefined. */
export function scalarKind(form: Form, field: string): 'string' | 'number' | 'boolean' | undefined {
  if (form.kind === 'union') {
    const kinds = new Set(form.options.map((option) => scalarKind(option, field)));
    return kinds.size === 1 ? [...kinds][0] : undefined;
  }
  const found = form.kind === 'object' ? form.fields[field] : undefined;
  if (!found?.required) return undefined;
  const { kind } = found.form;
  return kind === 'string' || kind === 'number' || kind === 'boolean' ? kind : undefined;
}
