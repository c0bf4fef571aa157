import { type FormEvent, useCallback, useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import type { Failure } from '../../shared/errors.ts';
import { reasonText } from '../../shared/labels.ts';
import { failureOf, noticeFailure } from './errors.ts';
import { askBeforeReload, takeKept } from './kept.ts';
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

interface FormOptions<V, I> {
  /** Where the words are kept over a forced reload. */
  key: string;
  initial: V;
  schema: z.ZodType<I>;
  /** From what is typed to the contract's input. */
  toInput: (value: V) => unknown;
  submit: (input: I) => Promise<unknown>;
}

/** A form that checks with the contract's own schema, keeps its words on every failure and names each field at fault. */
export function useForm<V, I>({ key, initial, schema, toInput, submit }: FormOptions<V, I>) {
  const [value, setValue] = useState<V>(() => takeKept<V>(key) ?? initial);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [failure, setFailure] = useState<Failure>();
  const [busy, setBusy] = useState(false);
  const [touched, setTouched] = useState(false);
  const words = useErrorText();
  const latest = useRef(value);
  latest.current = value;
  useEffect(() => askBeforeReload(key, () => latest.current), [key]);

  const set = useCallback((change: Partial<V>) => {
    setTouched(true);
    setValue((old) => ({ ...old, ...change }));
    setErrors((old) => {
      const rest = { ...old };
      for (const name of Object.keys(change)) delete rest[name];
      return rest;
    });
  }, []);

  const send = async () => {
    const input = toInput(value);
    const found = findErrors(schema, input);
    setErrors(found);
    setFailure(undefined);
    if (Object.keys(found).length > 0) return focusFirstError();
    setBusy(true);
    try {
      await submit(input as I);
      setTouched(false);
    } catch (error) {
      noticeFailure(error);
      const failed = failureOf(error);
      setErrors(fieldErrors(failed));
      setFailure(failed);
      // Somebody was faster: with their version loaded, what is typed here can be compared and sent again.
      if (failed.code === 'CONFLICT') await queries.invalidateQueries();
    } finally {
      setBusy(false);
    }
  };

  return {
    value,
    set,
    busy,
    failure,
    touched,
    /** All errors by path, for forms with lists in them. */
    errors,
    errorOf: (path: string) => words(errors[path]),
    reset: (next: V) => {
      setValue(next);
      setErrors({});
      setFailure(undefined);
      setTouched(false);
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
