import type { Declaration, Rule } from './css.ts';

/**
 * What a style sheet must not rest on, because one of the engines of the floor lacks it: Chrome 109 (Windows 7),
 * Safari 15.4, Firefox 140 (the oldest ESR that is looked after). Since when each has it is in MDN's compatibility tables.
 * What only adorns is not listed: text-wrap, scrollbar-width, scrollbar-color, content-visibility, overscroll-behavior.
 */
const PROPERTIES = [
  'anchor-name',
  'animation-range',
  'animation-timeline',
  'container',
  'container-name',
  'container-type',
  'field-sizing',
  'interpolate-size',
  'line-clamp',
  'margin-trim',
  'position-anchor',
  'position-area',
  'reading-flow',
  'scrollbar-gutter',
  'text-box',
  'text-box-trim',
  'transition-behavior',
  'view-transition-name',
  'white-space-collapse',
  'zoom',
];

const VALUES: [RegExp, string][] = [
  [/\bcolor-mix\(/, 'color-mix()'],
  [/\b(?:oklch|oklab|lch|lab|light-dark|contrast-color)\(/, 'a colour function'],
  [/\b(?:anchor|anchor-size|calc-size|sibling-index|linear)\(/, 'a function'],
  [/\b(?:round|mod|rem|sin|cos|tan|pow|sqrt|hypot|exp|log|abs|sign)\(/, 'a function of calc()'],
  [/(?<![\w-])subgrid\b/, 'subgrid'],
  [/(?<![\w-])masonry\b/, 'masonry'],
  [/\b[\d.]+cq(?:w|h|i|b|min|max)\b/, 'a unit of containers'],
  [/\b[\d.]+r?lh\b/, 'lh'],
];

/** Values that only some properties lack. */
const PAIRS: [RegExp, RegExp][] = [
  [/^overflow/, /\bclip\b/],
  [/^(?:min-|max-)?(?:width|height|inline-size|block-size)$/, /^stretch$/],
  [/^word-break$/, /auto-phrase/],
];

/** Known to Safari by this name only. */
const PREFIXED = ['user-select', 'backdrop-filter', 'print-color-adjust', 'mask', 'mask-image'];

const SELECTORS: [RegExp, string][] = [
  [/:(?:user-valid|user-invalid|popover-open|open|state\(|active-view-transition)/, 'a selector'],
  [/(?:^|\s|,)&/, 'nesting'],
];

const AROUND: [RegExp, string][] = [
  [/^@container\b/, '@container'],
  [/^@(?:scope|starting-style|position-try|view-transition|function)\b/, 'an at-rule'],
  [/^@media[^{]*[<>]/, 'a range of @media'],
];

const lacking = ({ property, value }: Declaration): string | undefined =>
  PROPERTIES.includes(property) || PREFIXED.includes(property)
    ? property
    : PAIRS.some(([name, what]) => name.test(property) && what.test(value))
      ? `${property}: ${value}`
      : VALUES.find(([what]) => what.test(value))?.[1];

/** Another value for the same thing, which every engine takes, stands before it. */
const hasOtherWay = (all: readonly Declaration[], at: number): boolean =>
  PREFIXED.includes(all[at]!.property)
    ? all.some(({ property }) => property === `-webkit-${all[at]!.property}`)
    : all.slice(0, at).some((each) => each.property === all[at]!.property && lacking(each) === undefined);

/** What in a rule rests on what the floor lacks, with no other way beside it. */
export function restsOn({ around, selector, declarations }: Rule): string[] {
  if (around.some((each) => each.startsWith('@supports'))) return [];
  const faults = declarations.flatMap((each, at) => {
    const what = lacking(each);
    return what !== undefined && !hasOtherWay(declarations, at) ? [`${selector} { ${what} }`] : [];
  });
  for (const [what, name] of SELECTORS) if (what.test(selector)) faults.push(`${selector}: ${name}`);
  // An at-rule is read as a rule too, with itself as the selector.
  for (const [what, name] of AROUND) if (what.test(selector)) faults.push(`${selector}: ${name}`);
  return faults;
}

/** The same properties as styles that scripts set. */
export const SCRIPTED = PROPERTIES.filter((each) => each.includes('-')).map((each) =>
  each.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
);
