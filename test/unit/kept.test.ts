import { describe, expect, it } from 'vitest';
import { fitting } from '../../client/lib/form.ts';
import { KeptWords } from '../../client/lib/kept.ts';
import { serverNow } from '../../client/lib/clock.ts';

/** A storage as browsers have it; `refuse` makes every write fail, as a full or forbidden one does. */
class FakeStorage {
  readonly items = new Map<string, string>();
  refuse = false;
  get length(): number {
    return this.items.size;
  }
  key = (at: number): string | null => [...this.items.keys()][at] ?? null;
  getItem = (key: string): string | null => this.items.get(key) ?? null;
  removeItem = (key: string): void => void this.items.delete(key);
  setItem(key: string, value: string): void {
    if (this.refuse) throw new Error('QuotaExceededError');
    this.items.set(key, value);
  }
}

const ZHOU = 'zhou';
const PLACE = 'say.s1';

/** One device; each tab has a store of its own, which a reload keeps. */
function device() {
  const local = new FakeStorage();
  const open = (tab = new FakeStorage()) => ({
    tab,
    words: new KeptWords(tab, local),
    reload: () => open(tab),
  });
  return { local, open };
}

describe('words that are being typed', () => {
  it('are there again in the same tab after the field has gone, and after a reload', () => {
    const one = device().open();
    one.words.at(ZHOU, PLACE).write('写了一半');
    expect(one.words.at(ZHOU, PLACE).read()).toBe('写了一半');
    expect(one.reload().words.at(ZHOU, PLACE).read()).toBe('写了一半');
  });

  it('are found by the next tab when theirs has died', () => {
    const { open } = device();
    open().words.at(ZHOU, PLACE).write('手机没电了');
    expect(open().words.at(ZHOU, PLACE).read()).toBe('手机没电了');
  });

  it('stay apart in two tabs, through a reload of either', () => {
    const { open } = device();
    const [one, two] = [open(), open()];
    one.words.at(ZHOU, PLACE).write('一');
    expect(two.words.at(ZHOU, PLACE).read()).toBe('一');
    two.words.at(ZHOU, PLACE).write('二');
    one.words.look();
    for (const [tab, text] of [
      [one, '一'],
      [two, '二'],
    ] as const) {
      expect(tab.words.at(ZHOU, PLACE).read()).toBe(text);
      expect(tab.reload().words.at(ZHOU, PLACE).read()).toBe(text);
    }
  });

  it('are gone from both tabs once one of them has sent them, and are not offered again', () => {
    const { open } = device();
    const one = open();
    one.words.at(ZHOU, PLACE).write('只发一次');
    const two = open();
    two.words.at(ZHOU, PLACE).write('只发一次，补充一句');
    two.words.at(ZHOU, PLACE).done();
    expect(two.words.at(ZHOU, PLACE).read()).toBeUndefined();
    const told: unknown[] = [];
    const first = one.words.at(ZHOU, PLACE);
    first.subscribe(() => told.push(first.read()));
    one.words.look();
    expect(told).toEqual([undefined]);
    expect(open().words.at(ZHOU, PLACE).read()).toBeUndefined();
  });

  it('stay in a tab although another one sent something else from the same beginning', () => {
    const { open } = device();
    const one = open();
    one.words.at(ZHOU, PLACE).write('一');
    const two = open();
    two.words.at(ZHOU, PLACE).write('完全不同');
    two.words.at(ZHOU, PLACE).done();
    one.words.look();
    expect(one.words.at(ZHOU, PLACE).read()).toBe('一');
  });

  it('stay in a tab although another one threw them away', () => {
    const { open } = device();
    const one = open();
    one.words.at(ZHOU, PLACE).write('一');
    const two = open();
    expect(two.words.at(ZHOU, PLACE).read()).toBe('一');
    two.words.at(ZHOU, PLACE).write(undefined);
    expect(one.reload().words.at(ZHOU, PLACE).read()).toBe('一');
    expect(two.reload().words.at(ZHOU, PLACE).read()).toBeUndefined();
  });

  it('are never shown to another person, and wait for their own', () => {
    const { open } = device();
    const one = open();
    one.words.at(ZHOU, PLACE).write('我的话');
    one.words.leaveTo('he');
    expect(one.words.at('he', PLACE).read()).toBeUndefined();
    expect(one.words.ofThisTab(PLACE)).toBeUndefined();
    one.words.leaveTo(ZHOU);
    expect(one.words.at(ZHOU, PLACE).read()).toBe('我的话');
  });

  it('are on the device no more once their writer has signed out; what others wrote is', () => {
    const { open, local } = device();
    const one = open();
    one.words.at('he', PLACE).write('别人的话');
    one.words.at(ZHOU, PLACE).write('我的话');
    one.words.forget(ZHOU);
    expect(one.words.at(ZHOU, PLACE).read()).toBeUndefined();
    expect(
      JSON.stringify([...Array(local.length).keys()].map((i) => local.getItem(local.key(i)!))),
    ).not.toContain('我的话');
    expect(one.reload().words.at('he', PLACE).read()).toBe('别人的话');
  });

  it('can be copied in the tab whose guest has just lost his link', () => {
    const one = device().open();
    one.words.at('guest', PLACE).write({ text: '还没说完', kind: 'speech' });
    expect(one.reload().words.ofThisTab(PLACE)).toEqual({ text: '还没说完', kind: 'speech' });
  });

  it('of nobody in particular stay in their tab', () => {
    const { open, local } = device();
    open().words.at('', 'form.guest-link').write({ name: '访客' });
    expect(local.length).toBe(0);
  });

  it('live as long as the page where both stores refuse, and the page knows that', () => {
    const { open, local } = device();
    const one = open();
    one.tab.refuse = local.refuse = true;
    one.words.at(ZHOU, PLACE).write('无处可存');
    expect(one.words.at(ZHOU, PLACE).read()).toBe('无处可存');
    expect(one.words.unsafe.size).toBe(1);
    one.words.at(ZHOU, PLACE).done();
    expect(one.words.unsafe.size).toBe(0);
    const without = new KeptWords(undefined, undefined);
    without.at(ZHOU, PLACE).write('无痕');
    expect(without.at(ZHOU, PLACE).read()).toBe('无痕');
    expect(without.unsafe.size).toBe(1);
  });

  it('that an older page put aside before it was loaded anew come back once, to who is still here', () => {
    const { open } = device();
    const tab = new FakeStorage();
    tab.setItem(
      'poli.kept.record.s1.decision',
      JSON.stringify({ text: '减材料', who: '教科研一室', due: '' }),
    );
    tab.setItem('poli.kept.minutes.s1', JSON.stringify({ paragraphId: 'p', rev: 1, text: '改了一半' }));
    tab.setItem('poli.kept.record.s2.decision', JSON.stringify({ text: '别处的', who: '', due: '' }));
    const { words } = open(tab);
    words.leaveTo(ZHOU);
    words.leaveTo(ZHOU);
    expect(words.at(ZHOU, 'form.record.s1.decision').read()).toMatchObject({ text: '减材料' });
    expect(words.at(ZHOU, 'minutes.s1').read()).toMatchObject({ text: '改了一半' });
    expect(tab.getItem('poli.kept.minutes.s1')).toBeNull();
    words.leaveTo('he');
    expect(words.at('he', 'form.record.s2.decision').read()).toBeUndefined();
    expect(words.at('he', 'minutes.s1').read()).toBeUndefined();
  });

  it('that no store has taken are still known to be in danger when it is asked again who is here', () => {
    const { open, local } = device();
    const one = open();
    one.tab.refuse = local.refuse = true;
    one.words.at(ZHOU, PLACE).write('无处可存');
    one.words.leaveTo(ZHOU);
    expect(one.words.unsafe.size).toBe(1);
    one.words.leaveTo('he');
    expect(one.words.unsafe.size).toBe(0);
  });

  it('come back into the fields that are still of their kind', () => {
    const base = { text: '', owner: { id: '', name: '' }, due: '' };
    const old = { text: '减材料', owner: '何清', due: '' } as unknown as Partial<typeof base>;
    expect(fitting(base, old)).toEqual({ text: '减材料', due: '' });
    expect(fitting(base, { text: '减材料' })).toEqual({ text: '减材料' });
    expect(fitting(base, undefined)).toBeUndefined();
  });

  it('are left on the device a month, and not longer', () => {
    const { open, local } = device();
    open().words.at(ZHOU, PLACE).write('旧话');
    const later = (days: number) => open().words.sweep(serverNow() + days * 86_400_000);
    later(29);
    expect(local.length).toBe(1);
    later(31);
    expect(local.length).toBe(0);
  });
});
