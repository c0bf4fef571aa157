import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../client/ui/tokens.css', import.meta.url), 'utf8');

function tokens(block: string): Record<string, string> {
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((m) => [m[1]!, m[2]!]));
}
const light = tokens(css.slice(0, css.indexOf('@media (prefers-color-scheme')));
const dark = { ...light, ...tokens(css.slice(css.indexOf('@media (prefers-color-scheme'))) };

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const channel = (at: number) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const grounds = ['paper', 'surface', 'sunken'];
const TEXT: [string, string[]][] = [
  ['ink', grounds],
  ['ink-2', grounds],
  ['ink-3', grounds],
  ['po', ['paper', 'surface']],
  ['po-deep', ['paper', 'surface', 'po-tint']],
  ['li', ['paper', 'surface']],
  ['li-deep', ['paper', 'surface', 'li-tint']],
  ['warn', ['surface', 'warn-tint']],
  ['info', ['surface', 'info-tint']],
  ['on-fill', ['po', 'po-deep', 'li', 'li-deep']],
];
const pairs = TEXT.flatMap(([ink, on]) => on.map((ground) => [ink, ground] as const));

describe.each([
  ['light', light],
  ['dark', dark],
])('in the %s scheme', (_name, scheme) => {
  it.each(pairs)('%s is readable on %s (4.5:1)', (ink, ground) => {
    expect(contrast(scheme[ink]!, scheme[ground]!)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(grounds)('the border of a field stands out from %s (3:1)', (ground) => {
    expect(contrast(scheme['line-control']!, scheme[ground]!)).toBeGreaterThanOrEqual(3);
  });
});
