import { useSyncExternalStore } from 'react';
import type { Language } from '../../shared/labels.ts';

// Chinese is the source; English has the same keys, checked by the compiler.
const KEY = 'poli.language';
const listeners = new Set<() => void>();
let current: Language = read();

function read(): Language {
  try {
    return localStorage.getItem(KEY) === 'en' ? 'en' : 'zh';
  } catch {
    return 'zh';
  }
}

export const language = (): Language => current;

export function setLanguage(next: Language): void {
  current = next;
  document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en';
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Private mode: the choice lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

export function useLanguage(): Language {
  return useSyncExternalStore((l) => (listeners.add(l), () => listeners.delete(l)), language);
}

type Word = string | ((...args: never[]) => string);
type Twin<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => string ? (...args: A) => string : string;
};

/** A feature's texts: `const words = dictionary({ send: '发送' }, { send: 'Send' })`. */
export function dictionary<const T extends Record<string, Word>>(
  zh: T,
  en: Twin<T>,
): Record<Language, Twin<T>> {
  return { zh: zh as unknown as Twin<T>, en };
}

/** The texts in the reader's language. */
export function useWords<T>(words: Record<Language, T>): T {
  return words[useLanguage()];
}
