import { describe, expect, test } from 'vitest';
import { prepareEnglish } from '../../client/lib/english.ts';
import { dictionary } from '../../client/lib/words.ts';

/** What a page does that asks for words: it is suspended with a promise, or gets them. */
function asked(words: { en: { hello: string } }): string | Promise<unknown> {
  try {
    return words.en.hello;
  } catch (coming) {
    return coming as Promise<unknown>;
  }
}

describe('English words that are loaded late', () => {
  test('are not asked for where Chinese is read', () => {
    let asks = 0;
    const words = dictionary({ hello: '您好' }, async () => ({ en: { hello: `Hello ${++asks}` } }));
    expect(words.zh.hello).toBe('您好');
    expect(asks).toBe(0);
  });

  test('suspend who reads English until they are there, and are fetched once', async () => {
    let asks = 0;
    const words = dictionary({ hello: '您好' }, async () => ({ en: { hello: `Hello ${++asks}` } }));
    const coming = asked(words);
    expect(coming).toBeInstanceOf(Promise);
    expect(asked(words)).toBe(coming);
    await coming;
    expect(asked(words)).toBe('Hello 1');
  });

  test('are all there before the page turns to English', async () => {
    const words = dictionary({ hello: '您好' }, async () => ({ en: { hello: 'Hello' } }));
    await prepareEnglish();
    expect(asked(words)).toBe('Hello');
  });

  test('that cannot be had leave the Chinese ones, and are tried again at the next turn', async () => {
    let network = false;
    const words = dictionary({ hello: '您好' }, async () => {
      if (!network) throw new Error('offline');
      return { en: { hello: 'Hello' } };
    });
    await asked(words);
    expect(asked(words)).toBe('您好');
    network = true;
    await prepareEnglish();
    expect(asked(words)).toBe('Hello');
  });
});
