import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useWords } from '../lib/words.ts';
import { classes } from './classes.ts';
import styles from './TopBar.module.css';
import { uiWords } from './words.ts';

/** The strip on top: the sign leads home, `title` says where this is, `children` are what can be done here. */
export function TopBar({
  home = '/',
  title,
  brand = true,
  children,
}: {
  home?: string;
  title?: ReactNode;
  /** The word 破立 beside the sign; left out where a title needs the room on a phone. */
  brand?: boolean;
  children?: ReactNode;
}) {
  const words = useWords(uiWords);
  return (
    <header className={styles.top}>
      <Link href={home} className={styles.home} aria-label={words.home}>
        <img src="/logo.svg" width="28" height="28" alt="" />
        {brand && (
          <span className={classes(styles.name, title !== undefined && styles.wide)} lang="zh-CN">
            破立
          </span>
        )}
      </Link>
      {title !== undefined && (
        <>
          <span className={classes(styles.slash, styles.wide)} aria-hidden="true">
            /
          </span>
          <div className={styles.title}>{title}</div>
        </>
      )}
      <div className={styles.tools}>{children}</div>
    </header>
  );
}

/** On a desk only: what does not fit a phone's strip. */
export function WideOnly({ children }: { children: ReactNode }) {
  return <span className={classes(styles.wide, styles.group)}>{children}</span>;
}
