import type { Paragraph, Removed } from '../../../shared/contract/minutes.ts';
import type { Composed } from './composed.ts';

/** Newcomers of a section whose heading was moved by hand: id of what they come behind → those newcomers. */
function followers(
  given: readonly Composed[],
  known: ReadonlyMap<string, Paragraph>,
): Map<string, Composed[]> {
  const found = new Map<string, Composed[]>();
  let [heading, subheading, behind] = ['', '', ''];
  for (const each of given) {
    const head = each.kind === 'subheading' ? heading : subheading || heading;
    if (each.kind === 'heading') [heading, subheading, behind] = [each.id, '', each.id];
    if (each.kind === 'subheading') subheading = each.id;
    const before = known.get(each.id);
    if (before) {
      // A member that was taken out of the section is no place to stand behind.
      if (before.moved || !known.get(heading)?.moved) behind = each.id;
    } else if (each.kind !== 'heading' && known.get(head)?.moved)
      found.set(behind, [...(found.get(behind) ?? []), each]);
  }
  return found;
}

/**
 * The new composition with what the hand did kept. Where the hand has put nothing, paragraphs stand as composed. One that was
 * moved, added, or edited and no longer given by the log, stays behind the paragraph that it stood behind; `away` are those that a
 * hand has taken out.
 */
export function merge(
  old: readonly Paragraph[],
  composed: readonly Composed[],
  away: ReadonlySet<string> = new Set(),
): Paragraph[] {
  const known = new Map(old.map((paragraph) => [paragraph.id, paragraph]));
  const given = composed.filter((each) => !away.has(each.id));
  const byId = new Map(given.map((each) => [each.id, each]));
  const fresh = (each: Composed): Paragraph => {
    const before = known.get(each.id);
    if (!before) return { ...each, rev: 1 };
    const changed = before.composed !== each.composed;
    return {
      ...each,
      rev: before.rev + (changed ? 1 : 0),
      ...(before.edited && { edited: before.edited }),
      ...(before.moved && { moved: before.moved }),
    };
  };
  const following = followers(given, known);
  const attached = new Set([...following.values()].flat().map((each) => each.id));
  const merged = given.filter((each) => !known.get(each.id)?.moved && !attached.has(each.id)).map(fresh);
  const placed = new Set(merged.map((each) => each.id));
  old.forEach((paragraph, at) => {
    const now = byId.get(paragraph.id);
    if (now ? !paragraph.moved : !paragraph.edited || away.has(paragraph.id)) return;
    const neighbour = old.slice(0, at).findLast((each) => placed.has(each.id));
    const place = neighbour ? merged.findIndex((each) => each.id === neighbour.id) + 1 : 0;
    const own = now ? fresh(now) : { ...paragraph, composed: '', from: [] };
    const put = [own, ...(following.get(paragraph.id) ?? []).map(fresh)];
    merged.splice(place, 0, ...put);
    for (const each of put) placed.add(each.id);
  });
  return merged;
}

/** What a hand has taken out, as the log has it now: words that it no longer gives are gone, the hand's own stay. */
export function stillRemoved(removed: readonly Removed[], composed: readonly Composed[]): Removed[] {
  const given = new Map(composed.map((each) => [each.id, each]));
  return removed.map(({ paragraph, ...rest }) => {
    const now = given.get(paragraph.id) ?? { composed: '', from: [] };
    return { ...rest, paragraph: { ...paragraph, ...now } };
  });
}
