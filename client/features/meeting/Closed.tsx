import type { ReactNode } from 'react';
import type { Failure } from '../../../shared/errors.ts';
import { failureText } from '../../../shared/labels.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { TopBar } from '../../ui/TopBar.tsx';
import common from './room.module.css';
import styles from './frame.module.css';
import { meetingWords } from './words.ts';

/** The room cannot be shown: what happened and who can help. */
export function Closed({
  failure,
  onRetry,
  children,
}: {
  failure: Failure;
  onRetry?: () => void;
  /** What has stayed on the device. */
  children?: ReactNode;
}) {
  const words = useWords(meetingWords);
  const language = useLanguage();
  const over = failure.reason === 'session.over';
  const door = failure.code === 'UNAUTHENTICATED' || failure.code === 'FORBIDDEN';
  return (
    <div className={styles.page}>
      <TopBar />
      <main className={styles.closed}>
        <h1>{over ? words.endedTitle : door ? words.closedTitle : words.brokenTitle}</h1>
        <p role="alert">{failureText(failure, language)}</p>
        {door && <p className={common.meta}>{words.closedNote}</p>}
        {children}
        <div className={common.row}>
          {onRetry && !over && (
            <Button kind="primary" onClick={onRetry}>
              {words.retry}
            </Button>
          )}
          {door && (
            <LinkButton href="/j" kind="primary">
              {words.toDoor}
            </LinkButton>
          )}
          <LinkButton href="/">{words.toStart}</LinkButton>
        </div>
      </main>
    </div>
  );
}
