import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { holdWhileComposing } from '../../client/lib/doc/hold-while-composing.ts';

let element: EventTarget;
let holds: boolean[];
let stop: () => void;
const happen = (...events: string[]): void => {
  for (const event of events) element.dispatchEvent(new Event(event));
};

beforeEach(() => {
  vi.useFakeTimers();
  element = new EventTarget();
  holds = [];
  stop = holdWhileComposing({ hold: (on) => void holds.push(on) }, element);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

it('a composition is held until 80 ms after its end', () => {
  happen('compositionstart', 'compositionupdate', 'compositionupdate', 'compositionend');
  vi.advanceTimersByTime(79);
  expect(holds).toEqual([true]);
  vi.advanceTimersByTime(1);
  expect(holds).toEqual([true, false]);
});

it('the next word begun within these 80 ms goes on being held', () => {
  happen('compositionstart', 'compositionend');
  vi.advanceTimersByTime(50);
  happen('compositionstart');
  vi.advanceTimersByTime(5_000);
  expect(holds).toEqual([true]);
});

it('it is let go when the element loses the focus', () => {
  happen('compositionstart', 'blur', 'focusout');
  expect(holds).toEqual([true, false]);
});

it('an input method that went silent is let go after ten seconds without a key', () => {
  happen('compositionstart');
  vi.advanceTimersByTime(9_000);
  happen('keydown');
  vi.advanceTimersByTime(9_000);
  expect(holds).toEqual([true]);
  vi.advanceTimersByTime(1_000);
  expect(holds).toEqual([true, false]);
});

it('typing without an input method holds nothing', () => {
  happen('keydown', 'keydown', 'blur', 'compositionend');
  vi.advanceTimersByTime(20_000);
  expect(holds).toEqual([]);
});

it('stopping in the middle lets go, and nothing is listened to any more', () => {
  happen('compositionstart');
  stop();
  happen('compositionstart');
  expect(holds).toEqual([true, false]);
});
