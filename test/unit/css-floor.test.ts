import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCss } from '../support/css.ts';
import { restsOn, SCRIPTED } from '../support/css-floor.ts';

const filesOf = (folder: string, kind: RegExp) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && kind.test(file.name))
    .map((file) => join(file.parentPath, file.name))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));

describe('the style sheets of the pages', () => {
  const sheets = filesOf('client', /\.css$/);

  it('rest on nothing that an engine of the floor lacks', () => {
    expect(sheets.length).toBeGreaterThan(30);
    const faults = sheets.flatMap(({ path, text }) =>
      readCss(text).flatMap((rule) => restsOn(rule).map((fault) => `${path}: ${fault}`)),
    );
    expect(faults).toEqual([]);
  });

  it('are helped by no script in what an engine lacks', () => {
    const found = filesOf('client', /\.tsx?$/).filter(({ text }) =>
      SCRIPTED.some((name) => new RegExp(`\\b${name}\\b`).test(text)),
    );
    expect(found.map(({ path }) => path)).toEqual([]);
  });
});

describe('the watcher of the style sheets', () => {
  const faults = (css: string) => readCss(css).flatMap(restsOn);

  it.each([
    ['a field sized by its words', 'textarea { field-sizing: content; }'],
    ['mixed colours', '.a { color: color-mix(in srgb, red, blue); }'],
    ['a container', '.a { container-type: inline-size; }'],
    ['a rule for a container', '@container (min-width: 1px) { .a { color: red; } }'],
    ['a unit of a container', '.a { width: 50cqw; }'],
    ['a cut that does not scroll', '.a { overflow-x: clip; }'],
    ['a grid in a grid', '.a { grid-template-columns: subgrid; }'],
    ['nesting', '.a { color: red; & b { color: blue; } }'],
    ['a range of widths', '@media (width < 640px) { .a { color: red; } }'],
    ['a name that Safari has with a prefix only', '.a { user-select: none; }'],
    ['another value behind instead of before', '.a { overflow: clip; overflow: hidden; }'],
  ])('sees %s', (_what, css) => expect(faults(css)).toHaveLength(1));

  it.each([
    ['another way before it', '.a { overflow: hidden; overflow: clip; }'],
    ['a question before it', '@supports (field-sizing: content) { textarea { field-sizing: content; } }'],
    ['the prefix beside it', '.a { -webkit-user-select: none; user-select: none; }'],
    ['what all have', '.a { height: 100dvh; inset: 0; aspect-ratio: 1; } .b:has(> .a) { gap: 4px; }'],
    ['a name that only looks like it', '.a { animation: round 1s linear; }'],
  ])('is content with %s', (_what, css) => expect(faults(css)).toEqual([]));
});
