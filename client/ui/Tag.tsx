import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './Tag.module.css';

export type Tone = 'plain' | 'po' | 'li' | 'warn' | 'info';

/** A state or kind in a word. `live` puts a dot before it. */
export function Tag({
  tone = 'plain',
  live,
  children,
}: {
  tone?: Tone;
  live?: boolean;
  children: ReactNode;
}) {
  return <span className={classes(styles.tag, styles[tone], live && styles.live)}>{children}</span>;
}
