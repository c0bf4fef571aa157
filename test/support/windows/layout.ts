/**
 * Looks at where things lie, in the page of any engine. Each function stands alone: only its source goes there. All answer
 * with what is wrong, in words; nothing is wrong when the list is empty.
 */

/** Of the things that this selector finds: which lie over each other, by more than a hair. */
export function overlapping(selector: string): string[] {
  const nameOf = (each: Element) =>
    each.getAttribute('aria-label') ?? each.textContent?.trim().slice(0, 20) ?? '';
  const shown = [...document.querySelectorAll(selector)].filter((each) => each.getClientRects().length > 0);
  const boxes = shown.map((each) => ({ each, box: each.getBoundingClientRect() }));
  return boxes.flatMap(({ each, box: a }, at) =>
    boxes
      .slice(at + 1)
      .filter(({ each: other, box: b }) => {
        if (each.contains(other) || other.contains(each)) return false;
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        return wide > 1 && high > 1;
      })
      .map(({ each: other }) => `${nameOf(each)} over ${nameOf(other)}`),
  );
}

/** Of the things that this selector finds: which hold more than they show without being able to scroll. */
export function cutOff(selector: string): string[] {
  return [...document.querySelectorAll<HTMLElement>(selector)]
    .filter((each) => each.getClientRects().length > 0)
    .filter((each) => each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1)
    .map((each) => `${each.getAttribute('aria-label') ?? each.textContent} is cut off`);
}
