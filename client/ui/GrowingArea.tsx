import type { ComponentPropsWithRef, Ref } from 'react';
import { classes } from './classes.ts';
import { useWiring } from './Field.tsx';
import styles from './GrowingArea.module.css';

interface Props extends ComponentPropsWithRef<'textarea'> {
  /** Letters, `--grow-pad` and greatest height, of the words as of the box that they are typed into. */
  className?: string | undefined;
  /** Whoever writes the value past React writes it here as well, with GROWING_END behind it. */
  mirror?: Ref<HTMLDivElement>;
  /** The field takes the whole of the nearest positioned box around it, such as a cell, however few its words are. */
  fill?: boolean;
}

/** A last line that is empty is a line too. */
export const GROWING_END = '\u200b';

/**
 * A textarea as high as its words, in every engine: the same words lie invisible under it and give it the height, so
 * nothing is measured and nothing rests on properties that only some engines have.
 */
export function GrowingArea({ id, className, mirror, fill, value, ...rest }: Props) {
  return (
    <div className={classes(styles.grow, !fill && styles.own, className)}>
      <div ref={mirror} className={styles.mirror} aria-hidden="true">
        {value !== undefined && `${String(value)}${GROWING_END}`}
      </div>
      <textarea rows={1} value={value} {...rest} {...useWiring(id)} className={styles.area} />
    </div>
  );
}
