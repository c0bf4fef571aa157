import { fieldNames, type RecordForm, variantOf } from './form.ts';

type Json = Record<string, unknown>;

/**
 * What features see of a stored record: the fields that its shape names, in their order, and the default of those that it was stored
 * without. Fields of a newer program are kept by the engine and shown to nobody.
 */
export function shaped(form: RecordForm, stored: Readonly<Json>): Json {
  const record: Json = {};
  for (const [name, { fallback }] of Object.entries(variantOf(form, stored).fields)) {
    const value = stored[name];
    if (value !== undefined) record[name] = value;
    else if (fallback) record[name] = fallback();
  }
  return record;
}

/** The keys of a stored record that its shape does not name. */
export function unnamed(form: RecordForm, stored: Readonly<Json>): Json {
  const named = fieldNames(form);
  return Object.fromEntries(Object.entries(stored).filter(([key]) => !named.has(key)));
}
