import { type FormEvent, useCallback, useRef, useState } from 'react';
import type { z } from 'zod';
import type { Failure } from '../../shared/errors.ts';
import { reasonText } from '../../shared/labels.ts';
import { failureOf, noticeFailure } from './errors.ts';
import { useKept } from './kept.ts';
import { usePerson } from './me.ts';
import { queries } from './query.ts';
import { useLanguage } from './words.ts';

export interface FieldError {
  reason: string;
  facts: NonNullable<Failure['facts']>;
}
export type FieldErrors = Readonly<Record<string, FieldError>>;

/** What the contract's schema finds wrong, by dotted path; the first finding of a path counts. */
export function findErrors(schema: z.ZodType, value: unknown): FieldErrors {
  const parsed = schema.safeParse(value);
  const errors: Record<string, FieldError> = {};
  if (parsed.success) return errors;
  for (const issue of parsed.error.issues) {
    const path = issue.path.join('.');
    const facts = issue.code === 'custom' ? (issue.params ?? {}) : {};
    // A message of ours is a word like `text.long`; anything else is the library's English sentence.
    const reason = /^[a-z]+(\.[a-z-]+)+$/.test(issue.message) ? issue.message : 'field.invalid';
    errors[path] ??= { reason, facts: facts as FieldError['facts'] };
  }
  return errors;
}

/** What the server found wrong, by dotted path. */
export function fieldErrors(failure: Failure): FieldErrors {
  const facts = failure.facts ?? {};
  return Object.fromEntries((failure.fields ?? []).map(({ path, reason }) => [path, { reason, facts }]));
}

/** Words for a field's error in the reader's language. */
export function useErrorText(): (error: FieldError | undefined) => string | undefined {
  const language = useLanguage();
  return useCallback(
    (error) =>
      error && (reasonText(error.reason, language, error.facts) ?? reasonText('field.invalid', language)),
    [language],
  );
}

/** The name under which the words of a form are kept. */
export const formAt = (key: string): string => `form.${key}`;

interface FormOptions<V, I> {
  /** Where half-written words are kept; absent for secrets, which live in the component alone. */
  key?: string;
  initial: V;
  schema: z.ZodType<I>;
  /** From what is typed to the contract's input. */
  toInput: (value: V) => unknown;
  submit: (input: I) => Promise<unknown>;
}

/** What of `value` differs from `base`; undefined when nothing does. */
function changesOf<V extends object>(base: V, value: V): Partial<V> | undefined {
  const differs = (name: keyof V): boolean => JSON.stringify(base[name]) !== JSON.stringify(value[name]);
  const names = (Object.keys(value) as (keyof V)[]).filter(differs);
  return names.length === 0
    ? undefined
    : (Object.fromEntries(names.map((name) => [name, value[name]])) as Partial<V>);
}

const isNone = (value: unknown): boolean => value === undefined || value === null;
const shapeOf = (value: unknown): string => (Array.isArray(value) ? 'list' : typeof value);

/** What of kept words fits this form: they may be of an older page, whose fields were others. */
export function fitting<V extends object>(base: V, kept: Partial<V> | undefined): Partial<V> | undefined {
  const fits = (name: keyof V): boolean =>
    [base[name], kept?.[name]].some(isNone) || shapeOf(base[name]) === shapeOf(kept?.[name]);
  if (!kept || (Object.keys(kept) as (keyof V)[]).every(fits)) return kept;
  return Object.fromEntries(Object.entries(kept).filter(([name]) => fits(name as keyof V))) as Partial<V>;
}

/**
 * What somebody changed in a form and has not stored. It outlives the form, and comes back over what is stored by then. `back` is
 * true for words of an earlier time.
 */
function useChanges<V extends object>(key: string | undefined, initial: V) {
  const [kept, store] = useKept<Partial<V>>(usePerson()?.personId ?? '', formAt(key ?? ''));
  const [secret, setSecret] = useState<Partial<V>>();
  const [base, setBase] = useState(initial);
  const [back, setBack] = useState(key !== undefined && kept !== undefined);
  const changes = key === undefined ? secret : fitting(base, kept);
  const latest = useRef(base);
  latest.current = base;
  const read = useCallback(
    (): V => ({
      ...latest.current,
      ...(key === undefined ? undefined : fitting(latest.current, store.read())),
    }),
    [key, store],
  );
  return {
    value: { ...base, ...changes },
    touched: changes !== undefined,
    back: back && changes !== undefined,
    set: useCallback(
      (change: Partial<V>) => {
        if (key === undefined) return setSecret((old) => ({ ...old, ...change }));
        store.write(changesOf(latest.current, { ...read(), ...change }));
      },
      [key, store, read],
    ),
    /** `sent` is stored, and the form goes on from `next`; what was typed meanwhile stays. */
    settle: (sent: V, next: V) => {
      const meanwhile = key === undefined ? undefined : changesOf(sent, read());
      setBase(next);
      setSecret(undefined);
      setBack(false);
      store.done();
      if (meanwhile) store.write(meanwhile);
    },
    /** What is written is thrown away. */
    drop: (next: V) => {
      setBase(next);
      setSecret(undefined);
      setBack(false);
      store.write(undefined);
    },
  };
}

/** A form that checks with the contract's own schema, keeps its words on every failure and names each field at fault. */
export function useForm<V extends object, I>({ key, initial, schema, toInput, submit }: FormOptions<V, I>) {
  const { value, touched, back, set: change, settle, drop } = useChanges(key, initial);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [failure, setFailure] = useState<Failure>();
  const [busy, setBusy] = useState(false);
  const words = useErrorText();
  // Begun anew by its own submit: that comes after the words are stored.
  const sending = useRef<{ next: V }>(undefined);

  const set = useCallback(
    (changed: Partial<V>) => {
      change(changed);
      setErrors((old) => {
        const rest = { ...old };
        for (const name of Object.keys(changed)) delete rest[name];
        return rest;
      });
    },
    [change],
  );

  const send = async () => {
    const input = toInput(value);
    const found = findErrors(schema, input);
    setErrors(found);
    setFailure(undefined);
    if (Object.keys(found).length > 0) return focusFirstError();
    setBusy(true);
    sending.current = { next: value };
    try {
      await submit(input as I);
      settle(value, sending.current.next);
    } catch (error) {
      noticeFailure(error);
      const failed = failureOf(error);
      setErrors(fieldErrors(failed));
      setFailure(failed);
      // Somebody was faster: with their version loaded, what is typed here can be compared and sent again.
      if (failed.code === 'CONFLICT') await queries.invalidateQueries();
    } finally {
      sending.current = undefined;
      setBusy(false);
    }
  };

  return {
    value,
    set,
    busy,
    failure,
    touched,
    /** The words are of an earlier time, and not stored. */
    back,
    /** All errors by path, for forms with lists in them. */
    errors,
    errorOf: (path: string) => words(errors[path]),
    reset: (next: V = initial) => {
      if (sending.current) sending.current.next = next;
      else drop(next);
      setErrors({});
      setFailure(undefined);
    },
    submit: (event?: FormEvent) => {
      event?.preventDefault();
      void send();
    },
  };
}

// The error is on screen one frame later; then the first field at fault is where the person should be.
function focusFirstError(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
