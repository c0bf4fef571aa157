import type { Form, ObjectForm, RecordForm } from '../form.ts';

/**
 * Between a record's JSON and what MongoDB stores. Maps become lists of `{ k, v }` pairs, keys of free parts are escaped (a key with a
 * dot or a leading `$` means something else to the database); reading gives fields in the order of the schema, as SQLite does.
 */
export function encodeRecord(
  form: RecordForm,
  record: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const { id, ...rest } = fieldByField(variantOf(form, record), record, encode);
  return { _id: id, ...rest };
}

/** The way back. */
export function decodeRecord(
  form: RecordForm,
  { _id, ...rest }: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const record = { id: _id, ...rest };
  return fieldByField(variantOf(form, record), record, decode);
}

function variantOf(form: RecordForm, record: Readonly<Record<string, unknown>>): ObjectForm {
  if (form.kind === 'object') return form;
  const variant = form.variants.get(String(record[form.tag]));
  if (!variant) throw new Error(`no variant ${String(record[form.tag])}`);
  return variant;
}

function encode(form: Form, value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (form.kind === 'array') return (value as unknown[]).map((item) => encode(form.of, item));
  if (form.kind === 'map') return Object.entries(value).map(([k, v]) => ({ k, v: encode(form.of, v) }));
  if (form.kind !== 'object') return rekeyed(value, escapeKey);
  return fieldByField(form, value as Record<string, unknown>, encode);
}

function decode(form: Form, stored: unknown): unknown {
  if (stored === null || typeof stored !== 'object') return stored;
  if (form.kind === 'array') return (stored as unknown[]).map((item) => decode(form.of, item));
  if (form.kind === 'map')
    return object((stored as { k: string; v: unknown }[]).map(({ k, v }) => [k, decode(form.of, v)]));
  if (form.kind !== 'object') return rekeyed(stored, unescapeKey);
  return fieldByField(form, stored as Record<string, unknown>, decode);
}

type Coder = (form: Form, value: unknown) => unknown;

function fieldByField(form: ObjectForm, value: Record<string, unknown>, coder: Coder) {
  const out: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(form.fields)) {
    if (value[name] !== undefined) out[name] = coder(field.form, value[name]);
  }
  return out;
}

function rekeyed(value: unknown, key: (name: string) => string): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item) => rekeyed(item, key));
  return object(Object.entries(value).map(([name, item]) => [key(name), rekeyed(item, key)]));
}

// Object.fromEntries defines properties, so that a key named __proto__ stays a key.
const object = (entries: [string, unknown][]) => Object.fromEntries(entries);

// Names that the driver or mongoose read on any object are set aside with a mark in front.
const special = (key: string) => key === '' || key in {} || /^(_|to|%-)/.test(key);
const hex = (c: string) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`;
const escapeKey = (key: string) => (special(key) ? '%-' : '') + key.replace(/[%.\0]|^\$/g, hex);
const unescapeKey = (key: string) =>
  key
    .replace(/^%-/, '')
    .replace(/%([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
