/**
 * Looks at a page as it is drawn and tells what a person could not reach or read. Runs in the page of any engine: it
 * stands alone, only its source goes there. One line a fault; none when everything is
 * - inside the window, or inside something that scrolls and can bring it there,
 * - not covered by something else where it is pressed,
 * - 44 px high in a window as narrow as a phone,
 * - wide and high enough for its words.
 */
export function layoutFaults(): string[] {
  const faults = new Set<string>();
  const phone = innerWidth <= 640;
  const slack = 1;
  const pressable =
    'button, a[href], input, select, textarea, summary, [contenteditable=true], [role=button], [role=tab], [role=menuitem], [role=option]';

  const nameOf = (element: Element): string => {
    const own = element.getAttribute('aria-label') ?? (element as HTMLElement).innerText ?? '';
    const more = own || element.getAttribute('placeholder') || element.getAttribute('name') || '';
    return `<${element.localName}> ${more.replace(/\s+/g, ' ').trim().slice(0, 40)}`;
  };
  const drawn = (element: Element): boolean => {
    const style = getComputedStyle(element);
    if (element.getClientRects().length === 0 || style.visibility !== 'visible') return false;
    const folded = element.closest('details:not([open])');
    if (folded && !element.closest('summary') && folded !== element) return false;
    return !element.closest('[inert], [aria-hidden=true]');
  };
  const transparent = (element: Element): boolean => {
    for (let at: Element | null = element; at; at = at.parentElement)
      if (getComputedStyle(at).opacity === '0') return true;
    return false;
  };
  /** What is really pressed: a radio or a box that is drawn by its label is as large as the label. */
  const bodyOf = (element: Element): Element => {
    const type = element.getAttribute('type');
    return type === 'radio' || type === 'checkbox' ? (element.closest('label') ?? element) : element;
  };
  const scrolls = (element: Element, way: 'X' | 'Y'): boolean => {
    const overflow = getComputedStyle(element)[way === 'X' ? 'overflowX' : 'overflowY'];
    return overflow === 'auto' || overflow === 'scroll';
  };
  /** How much of an element can be seen at once, in px: what scrolls round it may be lower than the window. */
  const roomOf = (element: Element): number => {
    let most = innerHeight / 2;
    for (let at = element.parentElement; at; at = at.parentElement)
      if (scrolls(at, 'Y')) most = Math.min(most, at.clientHeight);
    return most;
  };
  /** As the browser brings what gets the focus into sight; what only a program can scroll goes back. */
  const bringIntoSight = (element: Element): void => {
    element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
    for (let at = element.parentElement; at; at = at.parentElement) {
      if (at.scrollLeft !== 0 && !scrolls(at, 'X') && at !== document.scrollingElement) at.scrollLeft = 0;
      if (at.scrollTop !== 0 && !scrolls(at, 'Y') && at !== document.scrollingElement) at.scrollTop = 0;
    }
  };
  const covered = (element: Element, box: DOMRect): Element | undefined => {
    const inset = Math.min(6, box.width / 3, box.height / 3);
    const points: [number, number][] = [
      [box.left + box.width / 2, box.top + box.height / 2],
      [box.left + inset, box.top + box.height / 2],
      [box.right - inset, box.top + box.height / 2],
      [box.left + box.width / 2, box.top + inset],
      [box.left + box.width / 2, box.bottom - inset],
    ];
    for (const [x, y] of points) {
      if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue;
      const above = document.elementFromPoint(x, y);
      if (above && !element.contains(above) && !above.contains(element)) return above;
    }
    return undefined;
  };

  for (const element of document.querySelectorAll(pressable)) {
    const body = bodyOf(element);
    if (!drawn(element) && !drawn(body)) continue;
    bringIntoSight(body);
    const box = body.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    // Words that only readers hear.
    if (box.width <= 1 && box.height <= 1) continue;
    const name = nameOf(element);
    const [left, right] = [Math.round(box.left), Math.round(box.right)];
    if (box.left < -slack || box.right > innerWidth + slack)
      faults.add(`${name} stands at ${left}–${right} of ${innerWidth} px`);
    const tall = box.height > roomOf(body) - slack;
    if (!tall && (box.top < -slack || box.bottom > innerHeight + slack))
      faults.add(
        `${name} stands at ${Math.round(box.top)}–${Math.round(box.bottom)} of ${innerHeight} px down`,
      );
    const above = tall || transparent(body) ? undefined : covered(body, box);
    if (above) faults.add(`${name} lies under ${nameOf(above)} .${above.className}`);
    const inText = element.localName === 'a' && getComputedStyle(element).display === 'inline';
    if (phone && !inText && box.height < 44 - slack)
      faults.add(`${name} is ${Math.round(box.height)} px high`);
    const words = getComputedStyle(body);
    const cutOnPurpose = words.textOverflow === 'ellipsis';
    const field = ['input', 'textarea', 'select'].includes(body.localName);
    if (!cutOnPurpose && !field && words.display !== 'inline') {
      if (body.scrollWidth > body.clientWidth + slack) faults.add(`${name} is too narrow for its words`);
      if (body.scrollHeight > body.clientHeight + slack) faults.add(`${name} is too low for its words`);
    }
  }

  // Words that stand outside of the window, or that something cuts off without a sign.
  const range = document.createRange();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const holder = text.parentElement;
    if (!holder || !text.nodeValue?.trim() || !drawn(holder) || transparent(holder)) continue;
    range.selectNodeContents(text);
    const box = range.getBoundingClientRect();
    if (box.width <= 1) continue;
    let [left, right] = [box.left, box.right];
    for (let at: Element | null = holder; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.textOverflow === 'ellipsis' || style.clipPath !== 'none' || scrolls(at, 'X')) {
        // Cut with a sign, meant for readers, or to be scrolled to: what is seen of it is its box.
        const shown = at.getBoundingClientRect();
        [left, right] = [Math.max(left, shown.left), Math.min(right, shown.right)];
      } else if (style.overflowX !== 'visible' && at !== document.body && at.localName !== 'html') {
        const shown = at.getBoundingClientRect();
        if (right > shown.right + slack || left < shown.left - slack)
          faults.add(`“${text.nodeValue.trim().slice(0, 30)}” is cut off by .${at.className}`);
      }
    }
    if (left < -slack || right > innerWidth + slack)
      faults.add(
        `“${text.nodeValue.trim().slice(0, 30)}” is written at ${Math.round(left)}–${Math.round(right)}`,
      );
  }
  const page = document.scrollingElement!;
  if (page.scrollWidth > innerWidth + slack) faults.add(`the page is ${page.scrollWidth} px wide`);
  return [...faults];
}
