import { describe, expect, it } from 'vitest';
import { Receipts } from '../../server/collab/receipts.ts';

describe('the durable notice counts (CO4)', () => {
  it('the first frames that are stored, each said once', () => {
    const receipts = new Receipts();
    receipts.committed(receipts.tell(), false);
    receipts.committed(receipts.tell(), false);
    expect(receipts.due()).toBe(2);
    expect(receipts.due()).toBeUndefined();
  });

  it('not over a refused frame, until an answer that came after it is stored', () => {
    const receipts = new Receipts();
    receipts.committed(receipts.tell(), false);
    receipts.tell();
    receipts.refused();
    receipts.committed(receipts.tell(), false);
    expect(receipts.due()).toBe(1);
    receipts.committed(receipts.tell(), true);
    expect(receipts.due()).toBe(4);
  });

  it('refusals without progress, and starts again after progress', () => {
    const receipts = new Receipts();
    receipts.tell();
    expect(receipts.refused()).toBe(1);
    expect(receipts.refused()).toBe(2);
    receipts.committed(receipts.tell(), true);
    expect(receipts.refused()).toBe(1);
  });
});
