import { REASON_LABEL } from '../../shared/reason-labels.ts';
import { onEnglish } from './english.ts';

/**
 * A build of the pages carries the sentences of refusals in Chinese only (`vite.config.ts`); the English ones are
 * filled in where English is read. Until then, and when they cannot be had, the Chinese ones stand.
 */
export function fillReasons(now: boolean): void {
  const labels: Record<string, { zh: string; en: string }> = REASON_LABEL;
  onEnglish(async () => {
    const { reasons } = await import('./reasons-en.ts');
    for (const [reason, en] of reasons) labels[reason] = { zh: labels[reason]?.zh ?? en, en };
  }, now);
}
