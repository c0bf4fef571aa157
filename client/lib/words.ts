import { useSyncExternalStore } from 'react';
import type { Language } from '../../shared/labels.ts';
import { onEnglish, prepareEnglish } from './english.ts';

// Chinese is the source; English has the same keys, checked by the compiler.
const KEY = 'poli.language';
const listeners = new Set<() => void>();
let current: Language = read();
let wanted = current;
if (current === 'en') void prepareEnglish();

function read(): Language {
  try {
    return localStorage.getItem(KEY) === 'en' ? 'en' : 'zh';
  } catch {
    return 'zh';
  }
}

export const language = (): Language => current;

/** Words that are loaded late are there before the page turns, so that it does not blink. */
export async function setLanguage(next: Language): Promise<void> {
  wanted = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Private mode: the choice lasts as long as the page.
  }
  if (next === 'en') await prepareEnglish();
  if (wanted !== next) return;
  current = next;
  document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en';
  for (const listener of listeners) listener();
}

export function useLanguage(): Language {
  return useSyncExternalStore((l) => (listeners.add(l), () => listeners.delete(l)), language);
}

type Word = string | ((...args: never[]) => string);
type Twin<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => string ? (...args: A) => string : string;
};

/**
 * A feature's texts: `const words = dictionary({ send: '发送' }, { send: 'Send' })`. What every participant's phone
 * loads gives its English as `() => import(…)`, so that only who reads English loads it. While it is on its way a page
 * that asks is suspended; when it cannot be had, Chinese is shown rather than nothing.
 */
export function dictionary<const T extends Record<string, Word>>(
  zh: T,
  en: Twin<T> | (() => Promise<{ en: Twin<T> }>),
): Record<Language, Twin<T>> {
  const source = zh as unknown as Twin<T>;
  if (typeof en !== 'function') return { zh: source, en };
  let words: Twin<T> | undefined;
  const load = onEnglish(async () => {
    words = (await en()).en;
  }, current === 'en');
  return {
    zh: source,
    get en() {
      if (words) return words;
      const coming = load();
      // What React asks for: a promise that is thrown suspends the part.
      if (coming) throw coming as unknown as Error;
      return source;
    },
  };
}

/** The texts in the reader's language. */
export function useWords<T>(words: Record<Language, T>): T {
  return words[useLanguage()];
}
