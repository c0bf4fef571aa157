import { describe, expect, it } from 'vitest';
import {
  calendarText,
  dateTimeText,
  dayText,
  fromInputs,
  nearText,
  nextHalfHour,
  spanText,
  timeText,
  toInputs,
} from '../../client/lib/dates.ts';

const now = Date.parse('2026-03-05T06:00:00.000Z');

describe('dates as a Chinese office writes them', () => {
  it('have no zeros, a weekday in full-width brackets and 24 hours', () => {
    expect(dateTimeText('2026-03-05T06:30:00.000Z', 'zh', now)).toBe('3月5日（星期四）14:30');
    expect(timeText('2026-03-05T01:00:00.000Z')).toBe('9:00');
  });

  it('name the year only when it is another one', () => {
    expect(dayText('2025-12-31T15:59:59.999Z', 'zh', now)).toBe('2025年12月31日（星期三）');
    expect(dayText('2025-12-31T16:00:00.000Z', 'zh', now)).toBe('1月1日（星期四）');
  });

  it('turn at midnight in Shanghai, wherever the device is', () => {
    expect(nearText('2026-03-05T15:59:00.000Z', 'zh', now)).toBe('今天 23:59');
    expect(nearText('2026-03-05T16:00:00.000Z', 'zh', now)).toBe('明天 0:00');
    expect(nearText('2026-03-04T00:00:00.000Z', 'zh', now)).toBe('昨天 8:00');
    expect(nearText('2026-03-07T00:00:00.000Z', 'zh', now)).toBe('3月7日（星期六）8:00');
  });

  it('say from when until when', () => {
    expect(spanText('2026-03-05T06:30:00.000Z', 60, 'zh', now)).toBe('今天 14:30—15:30');
    expect(spanText('2026-03-09T06:30:00.000Z', 60, 'en', now)).toBe('Mon 9 Mar, 14:30–15:30');
  });

  it('come back from the inputs of a form as the same instant', () => {
    const { day, time } = toInputs('2026-03-05T16:05:00.000Z');
    expect([day, time]).toEqual(['2026-03-06', '00:05']);
    expect(fromInputs(day, time)).toBe('2026-03-05T16:05:00.000Z');
    expect(fromInputs('', time)).toBeUndefined();
    expect(fromInputs(day, '')).toBeUndefined();
  });

  it('offer the next half hour that leaves time to invite', () => {
    expect(nextHalfHour(Date.parse('2026-03-05T06:01:00.000Z'))).toBe('2026-03-05T07:00:00.000Z');
    expect(nextHalfHour(Date.parse('2026-03-05T06:00:00.000Z'))).toBe('2026-03-05T06:30:00.000Z');
  });

  it('write a due day without a weekday', () => {
    expect(calendarText('2026-04-10', 'zh', now)).toBe('4月10日');
    expect(calendarText('2027-01-01', 'zh', now)).toBe('2027年1月1日');
  });
});
