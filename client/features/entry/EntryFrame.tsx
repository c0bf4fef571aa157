import type { ReactNode } from 'react';
import { setLanguage, useLanguage } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { TopBar } from '../../ui/TopBar.tsx';
import styles from './EntryFrame.module.css';

/** The other language, named in itself. */
export function LanguageSwitch() {
  const language = useLanguage();
  return (
    <Button
      kind="quiet"
      small
      lang={language === 'zh' ? 'en' : 'zh-CN'}
      onClick={() => void setLanguage(language === 'zh' ? 'en' : 'zh')}
    >
      {language === 'zh' ? 'English' : '中文'}
    </Button>
  );
}

/** The quiet page at the door: one narrow column, and the language for who needs the other one. */
export function EntryFrame({ children, tools }: { children: ReactNode; tools?: ReactNode }) {
  return (
    <>
      <TopBar>
        {tools}
        <LanguageSwitch />
      </TopBar>
      <main className={styles.main}>{children}</main>
    </>
  );
}
