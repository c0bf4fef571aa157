import { describe, expect, it } from 'vitest';
import { givenPairs } from '../../client/features/office/PairRows.tsx';
import { reordered } from '../../client/features/office/order.ts';
import { roomKind, sidesOf, topicClass, topicName } from '../../shared/topic.ts';

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
    expect(topicName(area)).toBe('城乡教育均衡发展');
  });

  it('with one side only is called by that side', () => {
    expect(topicName({ name: '形式主义', break: '形式主义', build: '' })).toBe('破形式主义');
    expect(topicName({ name: '自由讨论', break: '', build: '' })).toBe('自由讨论');
  });

  const pair = { name: '一号会议室', break: '破除畏难等靠情绪', build: '树立锐意进取意识' };

  it('has one name in one line, whatever its sign says already', () => {
    expect(topicName(pair)).toBe('破除畏难等靠情绪、树立锐意进取意识');
    expect(topicName({ name: '', break: '等待观望', build: '建立长效机制' })).toBe(
      '破等待观望、建立长效机制',
    );
    expect(sidesOf({ break: '等待观望', build: '建立长效机制' }).build).toBe('长效机制');
  });

  it('is of the kind that it was given, whatever its words are', () => {
    expect(topicName({ ...pair, kind: 'area' })).toBe('一号会议室');
    const words = { name: '', break: '短板思维', build: '建议渠道不畅' };
    expect(roomKind({ ...words, kind: 'pair' })).toBe('pair');
    expect(topicName({ ...words, kind: 'pair' })).toBe('破短板思维、立建议渠道不畅');
    // Of earlier times only the words tell.
    expect(roomKind(words)).toBe('area');
  });

  it('is a class of problems by what is to be broken, a work area by its name', () => {
    expect(topicClass(pair)).toBe('畏难等靠情绪');
    expect(topicClass({ name: '城乡教育均衡发展', break: '短板及原因', build: '建议和对策' })).toBe(
      '城乡教育均衡发展',
    );
    expect(topicClass({ name: '质量', break: '', build: '树立质量意识' })).toBe('质量意识');
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
