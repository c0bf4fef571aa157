import { type ComponentPropsWithRef, createContext, type ReactNode, useContext, useId } from 'react';
import { useWords } from '../lib/words.ts';
import { classes } from './classes.ts';
import styles from './Field.module.css';
import { uiWords } from './words.ts';

interface Wiring {
  id: string;
  describedBy: string | undefined;
  invalid: boolean;
  required: boolean;
}
const FieldContext = createContext<Wiring | undefined>(undefined);

interface FieldProps {
  label: ReactNode;
  /** What is wrong, in words; the input keeps what was typed. */
  error?: string | undefined;
  hint?: ReactNode;
  optional?: boolean;
  /** Said beside the label, where other fields of the form may be left out. */
  required?: boolean;
  /** The label is there for readers only (cells of a dense form). */
  quiet?: boolean;
  className?: string | undefined;
  children: ReactNode;
}

/** A label, one control, its hint and its error, wired for readers. */
export function Field({ label, error, hint, optional, required, quiet, className, children }: FieldProps) {
  const id = useId();
  const words = useWords(uiWords);
  const describedBy = classes(error !== undefined && `${id}-e`, hint !== undefined && `${id}-h`);
  const wiring = {
    id,
    describedBy: describedBy || undefined,
    invalid: error !== undefined,
    required: required === true,
  };
  return (
    <div className={classes(styles.field, className)}>
      <label htmlFor={id} className={quiet ? styles.hidden : styles.label}>
        {label}
        {(optional || required) && (
          <span className={styles.optional}>{optional ? words.optional : words.required}</span>
        )}
      </label>
      <FieldContext value={wiring}>{children}</FieldContext>
      {error !== undefined && (
        <p id={`${id}-e`} className={styles.error}>
          {error}
        </p>
      )}
      {hint !== undefined && (
        <p id={`${id}-h`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** What ties a control to the Field around it. */
export function useWiring(own: string | undefined) {
  const wiring = useContext(FieldContext);
  if (!wiring) return own === undefined ? {} : { id: own };
  return {
    id: own ?? wiring.id,
    'aria-describedby': wiring.describedBy,
    'aria-invalid': wiring.invalid || undefined,
    'aria-required': wiring.required || undefined,
  };
}

/** One line. Inside a Field it takes its id, hint and error from there. */
export function TextInput({ id, className, ...rest }: ComponentPropsWithRef<'input'>) {
  return <input type="text" {...rest} {...useWiring(id)} className={classes(styles.input, className)} />;
}

export function TextArea({ id, className, ...rest }: ComponentPropsWithRef<'textarea'>) {
  return <textarea rows={3} {...rest} {...useWiring(id)} className={classes(styles.input, className)} />;
}

/** The browser's own list: on a phone it is the wheel that everybody knows. */
export function Select({ id, className, ...rest }: ComponentPropsWithRef<'select'>) {
  return <select {...rest} {...useWiring(id)} className={classes(styles.input, styles.select, className)} />;
}

/** A tick with its words; the whole line is the target. */
export function Tick({
  children,
  className,
  ...rest
}: ComponentPropsWithRef<'input'> & { children: ReactNode }) {
  return (
    <label className={classes(styles.tick, className)}>
      <input type="checkbox" {...rest} />
      <span>{children}</span>
    </label>
  );
}
