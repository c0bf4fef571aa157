import { classes } from './classes.ts';
import styles from './Face.module.css';

const TONES = ['info', 'li', 'warn', 'po'] as const;

/** A person's sign: the first character of the name on a tint that stays the same for the same id. */
export function Face({ name, id = name, size = 30 }: { name: string; id?: string; size?: 24 | 30 | 40 }) {
  let sum = 0;
  for (const char of id) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973;
  const first = [...name.trim()][0] ?? '·';
  return (
    <span
      className={classes(styles.face, styles[TONES[sum % TONES.length] ?? 'info'], styles[`s${size}`])}
      aria-hidden="true"
    >
      {first}
    </span>
  );
}
