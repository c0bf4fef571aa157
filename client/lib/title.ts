import { useEffect } from 'react';

/** The page's name in the tab and on WeChat's card: `第二次线上座谈会 · 破立`. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · 破立` : '破立';
  }, [title]);
}
