/**
 * Functions that run in the page of any engine. Each stands alone: only its source goes there.
 */

/** Where the thing with this name can be pressed; null while it is not there, still moves, or lies under another. */
export async function findPlace(name: string): Promise<{ x: number; y: number } | null> {
  const pressable =
    'button, a, input, select, textarea, summary, [role=button], [role=tab], [role=menuitem], [role=menuitemcheckbox], [role=textbox], [role=option], [role=radio], label';
  const nameOf = (element: Element): string => {
    const labels = (element as HTMLInputElement).labels;
    const own =
      element.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? (element as HTMLElement).innerText;
    return (own ?? '').replace(/\s+/g, ' ').trim();
  };
  const seen = (element: Element) => element.getClientRects().length > 0;
  const all = [...document.querySelectorAll(pressable)].filter(seen);
  const found =
    all.find((each) => nameOf(each) === name) ?? all.find((each) => nameOf(each).startsWith(name));
  if (!found || (found as HTMLButtonElement).disabled) return null;
  found.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const middle = () => {
    const { left, top, width, height } = found.getBoundingClientRect();
    return { x: left + width / 2, y: top + Math.min(height / 2, 30) };
  };
  const before = middle();
  await frame();
  await frame();
  const now = middle();
  if (now.x !== before.x || now.y !== before.y) return null;
  const above = document.elementFromPoint(now.x, now.y);
  if (!above || !(found.contains(above) || above.contains(found))) return null;
  return now;
}

/** Whether these words can be read on the page, as text or in a field. */
export function isShown(words: string): boolean {
  const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea')];
  const inField = ({ value, type }: HTMLInputElement) => type !== 'hidden' && value.includes(words);
  return document.body.innerText.includes(words) || fields.some(inField);
}

/** What the field with this label holds: its value, or the text of one that is edited in place. */
export function readField(label: string): string | null {
  const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea, select, [role=textbox]')];
  const field = fields.find(
    (each) => (each.getAttribute('aria-label') ?? each.labels?.[0]?.textContent?.trim()) === label,
  );
  return field ? (field.value ?? field.innerText) : null;
}
