import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PresenceBoard } from '../../server/collab/presence.ts';

const socketOf = (personId: string) => ({ who: { personId, name: personId } });
const entry = (clientId: number, clock: number, state: unknown) => ({
  clientId,
  clock,
  json: JSON.stringify(state),
});

describe('presence (CO8)', () => {
  it('carries the server’s name and colour, whatever the client says', () => {
    const shown = new PresenceBoard().take(socketOf('zhou'), [
      entry(1, 1, { user: { name: 'x' }, cell: 'a' }),
    ]);
    expect(JSON.parse(shown!.json)).toMatchObject({ cell: 'a', user: { id: 'zhou', name: 'zhou' } });
    expect(JSON.parse(shown!.json).user.color).toMatch(/^#/);
  });

  it('is one id per socket; entries of others are dropped', () => {
    const board = new PresenceBoard();
    const [zhou, lu] = [socketOf('zhou'), socketOf('lu')];
    board.take(zhou, [entry(1, 1, {})]);
    board.take(lu, [entry(1, 9, { fake: true }), entry(2, 1, {})]);
    board.take(lu, [entry(1, 10, null), entry(3, 1, {})]);
    expect(board.all().map((each) => each.clientId)).toEqual([1, 2]);
    expect(board.all()[0]!.json).not.toContain('fake');
  });

  it('is shown again after a reconnect with the same clock, although a removal was shown in between', () => {
    const board = new PresenceBoard();
    const [before, after] = [socketOf('zhou'), socketOf('zhou')];
    const first = board.take(before, [entry(1, 5, {})])!;
    const removal = board.leave(before)!;
    const second = board.take(after, [entry(1, 5, {})])!;
    expect(removal.clock).toBeGreaterThan(first.clock);
    expect(second.clock).toBeGreaterThan(first.clock);
    expect(board.echo(after)[0]!.clock).toBe(5);
  });

  it('is taken over by the same person’s new socket, and the old one’s end removes nothing', () => {
    const board = new PresenceBoard();
    const [dead, alive] = [socketOf('zhou'), socketOf('zhou')];
    board.take(dead, [entry(1, 5, {})]);
    board.take(alive, [entry(1, 5, { cell: 'b' })]);
    expect(board.leave(dead)).toBeUndefined();
    expect(board.all()).toHaveLength(1);
  });

  it('refuses what is too large or not an object, and keeps what was there', () => {
    const board = new PresenceBoard();
    const zhou = socketOf('zhou');
    board.take(zhou, [entry(1, 1, { cell: 'a' })]);
    expect(board.take(zhou, [entry(1, 2, { big: 'x'.repeat(9_000) })])).toBeUndefined();
    expect(board.take(zhou, [entry(1, 3, [1])])).toBeUndefined();
    expect(board.take(zhou, [{ clientId: 1, clock: 4, json: '{' }])).toBeUndefined();
    expect(board.all()[0]!.json).toContain('"cell":"a"');
  });

  const shownOf = (state: unknown): Record<string, unknown> => {
    const shown = new PresenceBoard().take(socketOf('zhou'), [entry(1, 1, state)]);
    return JSON.parse(shown!.json) as Record<string, unknown>;
  };
  const at = { type: null, tname: 'body', item: { client: 7, clock: 3 }, assoc: 0 };

  it('is whereabouts and nothing else: a caret of well-formed places, or a cell', () => {
    expect(
      shownOf({ cursor: { anchor: at, head: at }, cell: 'r1:problem', junk: 1, user: { junk: 2 } }),
    ).toEqual({
      cursor: {
        anchor: at,
        head: at,
      },
      cell: 'r1:problem',
      user: { id: 'zhou', name: 'zhou', color: expect.stringMatching(/^#/) as string },
    });
  });

  it.each([
    { anchor: 1, head: { type: null } },
    { anchor: at, head: {} },
    { anchor: at },
    { anchor: at, head: { ...at, item: { client: -1, clock: 3 } } },
    { anchor: at, head: { ...at, item: { client: 7, clock: 2 ** 60 } } },
    { anchor: at, head: { ...at, type: 'x' } },
    { anchor: at, head: { ...at, tname: 'x'.repeat(65) } },
    { anchor: at, head: { ...at, assoc: 'x' } },
    [at, at],
  ])('drops the caret %j and goes on', (cursor) => {
    expect(Object.keys(shownOf({ cursor, cell: { r: 1 } }))).toEqual(['user']);
  });

  it('is never more than 1 KB, whatever comes in (fast-check)', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('cursor', 'cell', 'user', 'x'), fc.jsonValue()), (state) => {
        const shown = new PresenceBoard().take({ who: { personId: 'p', name: '破'.repeat(60) } }, [
          entry(1, 1, state),
        ]);
        if (shown) expect(Buffer.byteLength(shown.json)).toBeLessThanOrEqual(1024);
      }),
    );
  });
});
