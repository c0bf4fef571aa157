import type { z } from 'zod';

/** What a schema looks like from outside: enough to check index fields and to derive an engine's own schema. */
export type Form =
  | { kind: 'string'; values?: readonly string[]; most?: number }
  | { kind: 'number'; least?: number; most?: number }
  | { kind: 'boolean' }
  | ObjectForm
  | { kind: 'array'; of: Form }
  | { kind: 'map'; of: Form }
  /** Unions below the top, recursion, unknown: stored as it stands. */
  | { kind: 'free' };

export interface ObjectForm {
  kind: 'object';
  fields: Readonly<Record<string, Field>>;
}

export interface Field {
  form: Form;
  /** Neither absent nor null. */
  required: boolean;
  /** What stands for it in a record that was stored before there was such a field. */
  fallback?: () => unknown;
}

/** A whole record: one object, or one variant for each value of the field `tag`. */
export type RecordForm =
  | ObjectForm
  | { kind: 'variants'; tag: string; variants: ReadonlyMap<string, ObjectForm> };

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
  defaultValue?: unknown;
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

// Letters, digits, underscore; and not what every object or every mongoose document has already.
const NAME = /^(?!(?:validate|toObject|toJSON|toBSON)$)\p{L}[\p{L}\p{N}_]*$/u;

function objectForm(def: Def): ObjectForm {
  const fields: Record<string, Field> = {};
  for (const [name, schema] of Object.entries(def.shape ?? {})) {
    if (!NAME.test(name) || name in {}) throw new Error(`a record cannot have a field named ${name}`);
    const fallback = fallbackOf(schema);
    fields[name] = {
      form: formOf(schema),
      required: schema._zod.optout !== 'optional' && !takesNull(schema),
      ...(fallback ? { fallback } : {}),
    };
  }
  return { kind: 'object', fields };
}

// A catchall admits keys that nobody declared.
const isOpen = (def: Def) => def.catchall !== undefined && defOf(def.catchall).type !== 'never';

/** The default of a field, made anew each time; undefined for a field that has none. */
export function fallbackOf(schema: z.core.$ZodType): (() => unknown) | undefined {
  const def = defOf(schema);
  if (def.type === 'default' || def.type === 'prefault') return () => structuredClone(def.defaultValue);
  return def.innerType && WRAPPERS.includes(def.type) ? fallbackOf(def.innerType) : undefined;
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
      return isOpen(def) ? { kind: 'free' } : objectForm(def);
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
  const kinds = new Set((def.options ?? []).map((option) => formOf(option).kind));
  const [kind] = kinds;
  if (kinds.size === 1 && (kind === 'string' || kind === 'number' || kind === 'boolean')) return { kind };
  return { kind: 'free' };
}

function tagValues(form: ObjectForm, tag: string): readonly string[] {
  const found = form.fields[tag]?.form;
  if (found?.kind !== 'string' || !found.values) throw new Error(`variants need text literals in ${tag}`);
  return found.values;
}

/** The fields of a record's shape that have a default, in any of its variants. Reads nothing else of the shape. */
export function defaulted(schema: z.core.$ZodType): ReadonlySet<string> {
  const def = defOf(schema);
  const own = Object.entries(def.shape ?? {}).filter(([, field]) => fallbackOf(field));
  return new Set([
    ...own.map(([name]) => name),
    ...(def.options ?? []).flatMap((option) => [...defaulted(option)]),
  ]);
}

/** The form of this record: of its variant where the shape has variants. */
export function variantOf(form: RecordForm, record: Readonly<Record<string, unknown>>): ObjectForm {
  if (form.kind === 'object') return form;
  const variant = form.variants.get(String(record[form.tag]));
  if (!variant) throw new Error(`no variant ${String(record[form.tag])}`);
  return variant;
}

/** Names of all top-level fields of a shape, whatever the variant. */
export function fieldNames(form: RecordForm): ReadonlySet<string> {
  const forms = form.kind === 'object' ? [form] : [...form.variants.values()];
  return new Set(forms.flatMap(({ fields }) => Object.keys(fields)));
}

/** Reads the schema of a whole record: a closed object, or a discriminated union of such on a text literal. */
export function recordFormOf(schema: z.core.$ZodType): RecordForm {
  const def = defOf(schema);
  const tag = def.discriminator;
  const form = def.type === 'union' && tag ? variantsOf(def, tag) : formOf(schema);
  if (form.kind !== 'object' && form.kind !== 'variants')
    throw new Error('a record is an object or a discriminated union');
  if (scalarKind(form, 'id') !== 'string' || scalarKind(form, 'version') !== 'number')
    throw new Error('a record has id and version');
  return form;
}

function variantsOf(def: Def, tag: string): RecordForm {
  const variants = new Map<string, ObjectForm>();
  for (const option of def.options ?? []) {
    const form = formOf(option);
    if (form.kind !== 'object') throw new Error('each variant of a record is an object');
    for (const value of tagValues(form, tag)) variants.set(value, form);
  }
  return { kind: 'variants', tag, variants };
}

/** The kind of a field that every variant of the record has as a required scalar, else undefined. */
export function scalarKind(form: RecordForm, field: string): 'string' | 'number' | 'boolean' | undefined {
  const forms = form.kind === 'object' ? [form] : [...form.variants.values()];
  const kinds = new Set(
    forms.map(({ fields }) => (fields[field]?.required ? fields[field].form.kind : undefined)),
  );
  const [kind] = kinds;
  return kinds.size === 1 && (kind === 'string' || kind === 'number' || kind === 'boolean')
    ? kind
    : undefined;
}
