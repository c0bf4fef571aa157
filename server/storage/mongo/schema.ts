import { Schema, type SchemaDefinitionProperty } from 'mongoose';
import { type Field, type Form, type RecordForm, scalarKind } from '../form.ts';
import type { Plan } from '../lookup.ts';
import { isWrapped } from './codec.ts';
import { SUM } from './record-sum.ts';

// An empty text is a text: mongoose's own `required` would refuse it.
Schema.Types.String.checkRequired((value: unknown) => typeof value === 'string');

const OPTIONS = {
  id: false,
  _id: false,
  versionKey: false,
  strict: 'throw',
  minimize: false,
  autoIndex: false,
  autoCreate: false,
  // A record may have a field named `type`.
  typeKey: '$type',
  suppressReservedKeysWarning: true,
} as const;

type Path = Record<string, unknown>;

function path(form: Form): Path {
  switch (form.kind) {
    case 'string':
      // null is let through here: whether it may stand there is the zod schema's word.
      if (form.values) return { $type: String, enum: [...form.values, null] };
      return form.most === undefined ? { $type: String } : { $type: String, maxlength: form.most };
    case 'number':
      return {
        $type: Number,
        ...(form.least === undefined ? {} : { min: form.least }),
        ...(form.most === undefined ? {} : { max: form.most }),
      };
    case 'boolean':
      return { $type: Boolean };
    case 'object':
      return { $type: new Schema(paths(form.fields), OPTIONS) };
    case 'array':
      return { $type: [item(form.of)], default: undefined };
    case 'map':
      return {
        $type: [new Schema({ k: { $type: String, required: true }, v: path(form.of) }, OPTIONS)],
        default: undefined,
      };
    default:
      return { $type: Schema.Types.Mixed };
  }
}

const item = (form: Form): Path =>
  isWrapped(form) ? { $type: new Schema({ items: path(form) }, OPTIONS) } : path(form);

function paths(fields: Readonly<Record<string, Field>>): Record<string, SchemaDefinitionProperty> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, { form, required }]) => [
      name,
      { ...path(form), ...(required ? { required: true } : {}) },
    ]),
  );
}

function without<T>(record: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

/** The mongoose schema of a collection and, where its shape is a union, that of each variant by the value of its tag. */
export function schemaOf({ form, indexes }: Plan): { base: Schema; variants: ReadonlyMap<string, Schema> } {
  const { _id, ...options } = OPTIONS;
  const base = new Schema(
    {
      _id: { $type: String, required: true },
      [SUM]: { $type: String },
      ...paths(form.kind === 'object' ? without(form.fields, ['id']) : common(form, indexes)),
    },
    form.kind === 'object' ? options : { ...options, discriminatorKey: form.tag },
  );
  for (const [name, { fields, unique }] of indexes) {
    if (name === 'id') continue;
    base.index(Object.fromEntries(fields.map((field) => [field === 'id' ? '_id' : field, 1])), {
      name,
      unique,
    });
  }
  const variants = new Map<string, Schema>();
  if (form.kind === 'object') return { base, variants };
  const above = ['id', form.tag, ...Object.keys(common(form, indexes))];
  for (const [value, { fields }] of form.variants)
    variants.set(value, new Schema(paths(without(fields, above)), options));
  return { base, variants };
}

/** What all variants have and an index or a filter names, so that it stands in the base schema; enums and limits stay with zod. */
function common(form: RecordForm & { kind: 'variants' }, indexes: Plan['indexes']): Record<string, Field> {
  const names = new Set(['version', ...[...indexes.values()].flatMap((index) => index.fields)]);
  names.delete('id');
  names.delete(form.tag);
  return Object.fromEntries(
    [...names].map((name) => [name, { form: { kind: scalarKind(form, name) ?? 'free' }, required: true }]),
  );
}
