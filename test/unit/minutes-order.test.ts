import { expect, test } from 'vitest';
import { stepsOf } from '../../shared/minutes-order.ts';
import type { Paragraph } from '../../shared/contract/minutes.ts';

const kindOf = (id: string): Paragraph['kind'] =>
  id.startsWith('H') ? 'heading' : id.startsWith('S') ? 'subheading' : 'item';
const paragraphs = 'a H1 b S1 c S2 d H2 e'.split(' ').map((id) => ({ id, kind: kindOf(id) }));
const steps = (id: string) =>
  stepsOf(
    paragraphs,
    paragraphs.findIndex((each) => each.id === id),
  );

test('a paragraph goes over the one beside it, a heading with its section over the section beside it', () => {
  expect(steps('a')).toEqual({ was: '', down: 'H1' });
  expect(steps('c')).toEqual({ was: 'S1', up: 'b', down: 'S2' });
  expect(steps('H1')).toEqual({ was: 'a', up: '', down: 'e' });
  expect(steps('H2')).toEqual({ was: 'd', up: 'a' });
  expect(steps('S2')).toEqual({ was: 'c', up: 'b', down: 'H2' });
  expect(steps('S1')).toEqual({ was: 'b', up: 'a', down: 'd' });
  expect(steps('e')).toEqual({ was: 'H2', up: 'd' });
});
