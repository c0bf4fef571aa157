import { serveAside } from '../../server/platform/aside.ts';

/** A thread for `aside.test.ts`: says back, throws, dies, fills its memory or never ends, as it is told. */
serveAside<string, string>(async (word) => {
  if (word === 'throw') throw new Error('not today');
  if (word === 'die') setImmediate(() => process.exit(3));
  const heap: number[][] = [];
  while (word === 'fill') heap.push(Array.from({ length: 100_000 }, Math.random));
  while (word === 'hang');
  if (word === 'die') await new Promise(() => undefined);
  return `${word}!`;
});
