import { describe, expect, it } from 'vitest';
import { barPlace } from '../../client/features/board/bar-place.ts';
import { columnsFor, type ColumnField, widthOf } from '../../client/features/board/column-choice.ts';

describe('the columns of the list', () => {
  const fields = (asked: Partial<Parameters<typeof columnsFor>[0]>) =>
    columnsFor({ inRoom: false, oneTopic: false, room: 1265, chosen: undefined, ...asked }).map(
      ({ field }) => field,
    );

  it('are all there on a page of 1280 px with a scroll bar, in their official order', () => {
    expect(fields({})).toEqual([
      'topic',
      'problem',
      'source',
      'cause',
      'units',
      'owner',
      'proposedOn',
      'status',
    ]);
  });

  it('are whole at every width from 560 to 1920 px, and never without the problem and its cause', () => {
    for (let room = 560; room <= 1920; room += 7)
      for (const inRoom of [true, false])
        for (const oneTopic of [true, false]) {
          const shown = columnsFor({ inRoom, oneTopic, room, chosen: undefined });
          expect(widthOf(shown)).toBeLessThanOrEqual(room);
          expect(shown.map(({ field }) => field)).toEqual(expect.arrayContaining(['problem', 'cause']));
        }
  });

  it('say who has claimed it and how it stands, in the panel of a room at 1366 px', () => {
    expect(fields({ inRoom: true, oneTopic: true, room: 625 })).toEqual([
      'problem',
      'cause',
      'owner',
      'status',
    ]);
  });

  it('are those that were chosen, whatever room there is', () => {
    const chosen: ColumnField[] = ['units', 'proposedOn'];
    expect(fields({ room: 600, chosen })).toEqual(['problem', 'cause', 'units', 'proposedOn']);
  });

  it('do not repeat the topic where every row has the same', () => {
    expect(fields({ inRoom: true, oneTopic: true, room: 2000 })).not.toContain('topic');
    expect(fields({ inRoom: true, oneTopic: false, room: 2000 })).toContain('topic');
  });
});

describe('the tools of a table', () => {
  const view = { top: 1000, bottom: 1600 };
  const caret = (top: number) => ({ top, bottom: top + 20 });

  it('float above it', () => {
    expect(barPlace({ top: 1200, bottom: 1300 }, view, caret(1210), 40)).toBe(1154);
  });
  it('float below it where there is no room above', () => {
    expect(barPlace({ top: 1020, bottom: 1300 }, view, caret(1030), 40)).toBe(1306);
  });
  it.each([
    ['top', 1580, 1006],
    ['bottom', 1010, 1554],
  ])('stay at the %s of what is seen of a long one, away from the caret', (_edge, at, expected) => {
    expect(barPlace({ top: 500, bottom: 3000 }, view, caret(at), 40)).toBe(expected);
  });
});
