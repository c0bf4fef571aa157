import type { Paragraph } from './contract/minutes.ts';

type Placed = Pick<Paragraph, 'id' | 'kind'>;

/** How many paragraphs from here on are moved together: a heading has its section. */
export function sectionLength(paragraphs: readonly Pick<Paragraph, 'kind'>[], at: number): number {
  const { kind } = paragraphs[at]!;
  if (kind !== 'heading' && kind !== 'subheading') return 1;
  const ends = (each: Pick<Paragraph, 'kind'>) =>
    each.kind === 'heading' || (kind === 'subheading' && each.kind === 'subheading');
  const rest = paragraphs.slice(at + 1).findIndex(ends);
  return rest < 0 ? paragraphs.length - at : rest + 1;
}

export interface Steps {
  /** Behind what it stands now, '' for the first. */
  was: string;
  /** Behind what it stands after one step up or down; absent at the end of the way. */
  up?: string;
  down?: string;
}

/** One step of a paragraph, or of a heading with its section over a whole section of its kind. */
export function stepsOf(paragraphs: readonly Placed[], at: number): Steps {
  const { kind } = paragraphs[at]!;
  const behind = (place: number) => paragraphs[place - 1]?.id ?? '';
  const heads = (each: Placed) =>
    each.kind === 'heading' || (kind === 'subheading' && each.kind === 'subheading');
  const section = kind === 'heading' || kind === 'subheading';
  const before = section ? paragraphs.slice(0, at).findLastIndex(heads) : -1;
  const next = at + sectionLength(paragraphs, at);
  const over = paragraphs[next];
  const length = over && kind === over.kind ? sectionLength(paragraphs, next) : 1;
  return {
    was: behind(at),
    ...(at > 0 && { up: behind(before >= 0 ? before : at - 1) }),
    ...(over && { down: behind(next + length) }),
  };
}
