import { type Form, type ObjectForm, type RecordForm, variantOf } from '../form.ts';
import { shaped } from '../shaped.ts';

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
  return shaped(form, fieldByField(variantOf(form, record), record, decode));
}

/** An array inside an array is stored as `{ items: […] }`: not every server takes it bare, and it can be typed so. */
export const isWrapped = (form: Form) => form.kind === 'array' || form.kind === 'map';

function encode(form: Form, value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (form.kind === 'array') return (value as unknown[]).map((item) => encodeItem(form.of, item));
  if (form.kind === 'map') return Object.entries(value).map(([k, v]) => ({ k, v: encode(form.of, v) }));
  if (form.kind !== 'object') return encodeFree(value);
  return fieldByField(form, value as Record<string, unknown>, encode);
}

function encodeItem(form: Form, item: unknown): unknown {
  if (isWrapped(form) && item !== null) return { items: encode(form, item) };
  return Array.isArray(item) ? (encodeFree([item]) as unknown[])[0] : encode(form, item);
}

function decode(form: Form, stored: unknown): unknown {
  if (stored === null || typeof stored !== 'object') return stored;
  if (form.kind === 'array') return (stored as unknown[]).map((item) => decodeItem(form.of, item));
  if (form.kind === 'map')
    return object((stored as { k: string; v: unknown }[]).map(({ k, v }) => [k, decode(form.of, v)]));
  if (form.kind !== 'object') return decodeFree(stored);
  return fieldByField(form, stored as Record<string, unknown>, decode);
}

function decodeItem(form: Form, item: unknown): unknown {
  return decode(form, isWrapped(form) && item !== null ? (item as { items: unknown }).items : item);
}

type Coder = (form: Form, value: unknown) => unknown;

function fieldByField(form: ObjectForm, value: Record<string, unknown>, coder: Coder) {
  const out: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(form.fields)) {
    if (value[name] !== undefined) out[name] = coder(field.form, value[name]);
  }
  return out;
}

// No escaped key looks like this.
const ARRAY = '%[';

function encodeFree(value: object): unknown[] | object {
  const inner = (item: unknown) => (item === null || typeof item !== 'object' ? item : encodeFree(item));
  if (!Array.isArray(value))
    return object(Object.entries(value).map(([key, item]) => [escapeKey(key), inner(item)]));
  return value.map((item) => (Array.isArray(item) ? { [ARRAY]: encodeFree(item) } : inner(item)));
}

function decodeFree(stored: unknown): unknown {
  if (stored === null || typeof stored !== 'object') return stored;
  if (Array.isArray(stored)) return stored.map(decodeFree);
  if (Object.hasOwn(stored, ARRAY)) return decodeFree((stored as Record<string, unknown>)[ARRAY]);
  return object(Object.entries(stored).map(([key, item]) => [unescapeKey(key), decodeFree(item)]));
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
