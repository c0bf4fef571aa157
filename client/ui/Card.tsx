import type { ComponentPropsWithRef } from 'react';
import styles from './Card.module.css';
import { classes } from './classes.ts';

/** A white sheet with a hairline. `pad` gives it room inside. */
export function Card({ pad, className, ...rest }: ComponentPropsWithRef<'section'> & { pad?: boolean }) {
  return <section {...rest} className={classes(styles.card, pad && styles.pad, className)} />;
}
