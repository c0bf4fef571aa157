import { describe, expect, it } from 'vitest';
import { givenPairs } from '../../client/features/office/PairRows.tsx';
import { reordered } from '../../client/features/office/order.ts';
import { sidesOf, topicLine } from '../../client/lib/topic.ts';

describe('a room', () => {
  it('shows its sides without the word that its sign says already', () => {
    expect(sidesOf({ break: '破除畏难等靠情绪', build: '树立锐意进取意识' })).toEqual({
      kind: 'pair',
      break: '畏难等靠情绪',
      build: '锐意进取意识',
    });
    expect(sidesOf({ break: '破', build: '求真务实' })).toEqual({
      kind: 'pair',
      break: '破',
      build: '求真务实',
    });
  });

  it('of a work area keeps its name as the theme', () => {
    const area = { name: '城乡教育均衡发展', break: '短板及原因', build: '建议和对策' };
    expect(sidesOf(area).kind).toBe('area');
    expect(topicLine(area)).toBe('城乡教育均衡发展');
  });

  it('with one side only is called by that side', () => {
    expect(topicLine({ name: '形式主义', break: '形式主义', build: '' })).toBe('破形式主义');
    expect(topicLine({ name: '自由讨论', break: '', build: '' })).toBe('自由讨论');
  });

  it('comes from every line that says something', () => {
    const lines = [
      { id: 'a', break: ' 形式主义 ', build: '' },
      { id: 'b', break: ' ', build: '' },
      { id: 'c', break: '', build: '求真务实' },
    ];
    expect(givenPairs(lines)).toEqual([
      { break: '形式主义', build: '' },
      { break: '', build: '求真务实' },
    ]);
  });
});

describe('putting things in order', () => {
  const names = (changes: { thing: { name: string }; order: number }[]) =>
    changes.map(({ thing, order }) => `${thing.name}${order}`);

  it('writes only those whose number changes', () => {
    const rows = [1, 2, 3, 4].map((order) => ({ name: `室${order}/`, order }));
    expect(names(reordered(rows, 1, 1))).toEqual(['室3/2', '室2/3']);
    expect(reordered(rows, 0, -1)).toEqual([]);
  });

  it('mends ties and gaps of earlier times', () => {
    const rows = [
      { name: '甲/', order: 1 },
      { name: '乙/', order: 1 },
      { name: '丙/', order: 9 },
    ];
    expect(names(reordered(rows, 2, -1))).toEqual(['丙/2', '乙/3']);
  });
});
