/** Light or dark: the choice of this device, or what the system says. */
export type Theme = 'system' | 'light' | 'dark';

const KEY = 'poli.theme';
const DARK = '(prefers-color-scheme: dark)';
/** The media rule of `tokens.css` that holds the dark colours; its condition is what the choice changes. */
let dark: CSSMediaRule | undefined;
let current: Theme = 'system';

const CONDITION: Record<Theme, string> = { system: DARK, light: 'not all', dark: 'all' };

function findDark(): CSSMediaRule | undefined {
  for (const sheet of document.styleSheets)
    for (const rule of sheet.cssRules)
      if (rule instanceof CSSMediaRule && rule.media.mediaText === DARK) return rule;
  return undefined;
}

function apply(): void {
  dark ??= findDark();
  if (dark) dark.media.mediaText = CONDITION[current];
}

/** At the start of a page, before it is drawn. */
export function recallTheme(): void {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept === 'light' || kept === 'dark') current = kept;
  } catch {
    // Without a memory the system decides.
  }
  if (current !== 'system') apply();
}

export const theme = (): Theme => current;

/** Whether the page is dark now. */
export const isDark = (): boolean => current === 'dark' || (current === 'system' && matchMedia(DARK).matches);

export function setTheme(next: Theme): void {
  current = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // The choice lasts as long as the page.
  }
  apply();
}
