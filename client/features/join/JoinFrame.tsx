import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { setLanguage, useLanguage } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './join.module.css';

/** The narrow page of the door: the sign on top, `aside` beside it. */
export function JoinFrame({ aside, children }: { aside?: ReactNode; children: ReactNode }) {
  const language = useLanguage();
  return (
    <main className={styles.page}>
      <header className={styles.brand}>
        <Link href="/" className={styles.home}>
          <img src="/logo.svg" width="32" height="32" alt="" />
          <b lang="zh-CN">破立</b>
        </Link>
        <span className={styles.grow} />
        {aside}
        <Button small kind="quiet" onClick={() => void setLanguage(language === 'zh' ? 'en' : 'zh')}>
          {language === 'zh' ? 'EN' : '中文'}
        </Button>
      </header>
      {children}
    </main>
  );
}
