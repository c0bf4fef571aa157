import { describe, expect, test } from 'vitest';
import { breaksInHtml } from '../../client/features/board/draft-paste.ts';
import { LEFT_OUT, notWords, someWordsLeft } from '../../client/features/board/left-out.ts';

const came = (html: string, ...files: string[]) =>
  notWords({
    getData: (type: string) => (type === 'text/html' ? html : ''),
    files: files.map((type) => ({ type })),
  });

describe('what of a paste is not words', () => {
  test('is told by its files when there are only files', () => {
    expect(came('', 'image/png', 'image/jpeg', 'application/msword')).toEqual(['picture', 'file']);
    expect(came('', 'video/mp4', 'audio/mpeg')).toEqual(['video', 'sound']);
    expect(came('')).toEqual([]);
  });

  test('is told by its HTML where there is some: an office brings a picture of its words too', () => {
    expect(came('<table><tr><td>甲</td></tr></table>', 'image/png')).toEqual([]);
    expect(came('<p>前</p><!--[if gte vml 1]><v:imagedata src="a"/><![endif]-->')).toEqual(['picture']);
    expect(came('<img src="a.png"><VIDEO></VIDEO><audio></audio>')).toEqual(['picture', 'video', 'sound']);
    expect(came('<m:oMath>x</m:oMath><o:OLEObject Type="Embed"/><iframe>')).toEqual(['formula', 'object']);
    expect(came('<p>&lt;img&gt; 的写法</p>')).toEqual([]);
  });

  test('is no picture when it is only there to be counted', () => {
    expect(came('<p>甲<img width="1" height="1" src="//t"></p>')).toEqual([]);
    expect(came('<img width="120" height="10" src="a">')).toEqual(['picture']);
  });

  test('has a word in both languages', () => {
    for (const { zh, en } of Object.values(LEFT_OUT)) expect(zh !== '' && en !== '').toBe(true);
  });
});

test('words are missed by their letters, not by spaces and signs', () => {
  expect(someWordsLeft(' 甲，\n乙 ', '甲乙')).toBe(false);
  expect(someWordsLeft('甲乙丙', '甲乙')).toBe(true);
});

test('a break of another program is a line of the draft, and stays what it is inside a tag', () => {
  expect(breaksInHtml('<p title="a\u000bb">一\u000b二\u2028三</p>')).toBe(
    '<p title="a\u000bb">一<br>二<br>三</p>',
  );
});
