import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../shared/ids.ts';
import { build } from '../support/built.ts';
import { TestClient } from '../support/client.ts';
import { until } from '../support/collab-server.ts';
import { layoutFaults } from '../support/layout.ts';
import { LONG, type LongMeeting, makeLongMeeting } from '../support/long-meeting.ts';
import { type Program, startProgram } from '../support/program.ts';
import { engines } from '../support/windows/all.ts';
import { type Texts, TEXTS } from '../support/room-texts.ts';
import type { Language } from '../../shared/labels.ts';
import type { Window } from '../support/windows/window.ts';

const { open, missing } = engines.find(({ title }) => title === 'Chromium')!;
const PHONES = [320, 360, 404];
const DESKS = [1024, 1280];
/** Where the longest words meet the least room: for the second language and for those who see what others see. */
const TIGHT = [320, 404, 1024];

let data: string;
let program: Program;
let window: Window;
let m: LongMeeting;

beforeAll(async () => {
  if (missing !== undefined) return;
  build();
  data = await mkdtemp(join(tmpdir(), 'poli-layout-'));
  program = await startProgram({ DATA_DIR: data });
  await until('the first link is printed', () => program.adminLink !== '', 10_000);
  m = await makeLongMeeting(program.url, program.adminLink);
  window = await open();
});
afterAll(async () => {
  await window?.close();
  await program?.kill();
  if (data) await rm(data, { recursive: true, force: true });
});
beforeEach((context) => context.skip(missing !== undefined, missing));

/** Opens an address as somebody, in a language. */
async function visit(who: TestClient, address: string, language: Language): Promise<void> {
  const cookies = [...who.cookies].map(([name, value]) => ({ name, value }));
  await window.signIn(program.url, cookies);
  await window.goto(`${program.url}/healthz`);
  await window.run((key) => localStorage.setItem('poli.language', key), language);
  await window.goto(program.url + address);
}

/** What is still wrong when everything has come that was on its way. */
async function settledFaults(): Promise<string[]> {
  const deadline = Date.now() + 1_200;
  for (;;) {
    const faults = await window.run(layoutFaults);
    if (faults.length === 0 || Date.now() > deadline) return faults;
  }
}

let found: string[] = [];
let everyWidth = true;
beforeEach(() => void (found = []));

/** Looks at the page at every width and notes what cannot be reached or read. */
async function look(where: string, widths: readonly number[] = [...PHONES, ...DESKS]): Promise<void> {
  for (const width of widths.filter((each) => everyWidth || TIGHT.includes(each))) {
    await window.resize(width, width < 700 ? 640 : 720);
    found.push(...(await settledFaults()).map((fault) => `${where} at ${width} px: ${fault}`));
  }
}

const dialogSays = (sign: string): boolean =>
  document.querySelector<HTMLElement>('[role=dialog]')?.innerText.includes(sign) === true;
async function opens(button: string, sign: string): Promise<void> {
  await window.click(button);
  await until(`${button} is open`, () => window.run(dialogSays, sign), 10_000);
}

const act = () => ({ sessionId: m.sessionId, id: newId() });
const room = () => `/s/${m.sessionId}`;

/** Opens a page in either language on a phone, waits for its sign, looks at it, and does with it what `steps` say. */
async function inBothLanguages(
  who: TestClient,
  address: string,
  sign: (texts: Texts) => string,
  steps: (texts: Texts) => Promise<void> = () => Promise.resolve(),
  widths?: readonly number[],
): Promise<void> {
  for (const texts of TEXTS) {
    everyWidth = texts.language === 'zh' && who !== m.noteTaker && who !== m.guest;
    await window.resize(360, 640);
    await visit(who, address, texts.language);
    await window.see(sign(texts));
    await look(`${texts.language} ${sign(texts)}`, widths);
    await window.resize(360, 640);
    await steps(texts);
  }
}

/** The state as everybody here sees it. */
async function forAll(sign: (texts: Texts) => string, widths?: readonly number[]): Promise<void> {
  for (const who of [m.moderator, m.noteTaker, m.speaker, m.guest])
    await inBothLanguages(who, room(), sign, undefined, widths);
}

describe('nothing is outside of the window, covered or cut', () => {
  afterEach(() => expect(found).toEqual([]));

  test('at the door', async () => {
    const stranger = new TestClient(program.url);
    await stranger.call('session.door', { code: m.code });
    await inBothLanguages(stranger, '/j', ({ joins }) => joins.codeTitle);
    await inBothLanguages(stranger, '/j/000000', ({ joins }) => joins.unknownTitle);
    await inBothLanguages(
      stranger,
      `/j/${m.code}`,
      ({ joins }) => joins.enter,
      async ({ joins }) => {
        await window.click('周敏');
        await look('chosen');
        await window.click(joins.enter);
        await window.see(joins.heldTitle('周敏'));
        await look('held');
        await window.click(joins.askAs('周敏'));
        await window.see(joins.waitingTitle);
        await look('waiting');
        await window.click(joins.stopWaiting);
      },
    );
  });

  test('before the meeting', () => forAll(() => LONG.title.slice(0, 12), TIGHT));

  test('when the meeting has begun, and with its first item', async () => {
    await m.moderator.emit('session.start', act());
    await inBothLanguages(m.speaker, room(), (texts) => texts.emptyTalk);
    await m.moderator.emit('session.openItem', { ...act(), itemId: m.agenda[1]!.id });
    await forAll(() => LONG.item.slice(0, 12));
  });

  test('with words of every kind, and their tools', async () => {
    for (const kind of ['speech', 'problem', 'suggestion'] as const)
      await m.speaker.emit('session.say', { ...act(), kind, body: LONG.words });
    await m.moderator.emit('session.say', { ...act(), kind: 'summary', body: LONG.words });
    const { state } = await m.moderator.emit('session.open', { sessionId: m.sessionId });
    await m.moderator.emit('session.pin', { ...act(), messageId: Object.keys(state.messages)[0]! });
    await m.moderator.emit('session.takeUp', {
      sessionId: m.sessionId,
      messageId: Object.keys(state.messages)[1]!,
    });
    await m.noteTaker.emit('session.assign', {
      ...{ ...act(), text: LONG.words, ownerName: LONG.person, due: '2026-04-01' },
    });
    await forAll(() => LONG.words.slice(0, 12));
    await inBothLanguages(
      m.moderator,
      room(),
      () => LONG.words.slice(0, 12),
      async (texts) => {
        await window.click(texts.tools);
        await look(`${texts.language} tools`, PHONES);
        for (const [width, widths] of [
          [1024, DESKS],
          [360, PHONES],
        ] as const) {
          await window.resize(width, 640);
          await window.click(texts.guiding.prompts);
          await window.click(texts.guiding.putUp);
          await window.see(texts.guiding.takeDown);
          await look(`${texts.language} guiding questions`, widths);
          await window.click(texts.guiding.takeDown);
        }
        await window.click(texts.agenda);
        for (const record of [texts.recording.addDecision, texts.recording.addAction]) {
          await window.click(record);
          await look(`${texts.language} ${record}`, [320, 404]);
          await window.click(texts.cancel);
        }
      },
    );
  });

  test('on every page of a phone', async () => {
    for (const who of [m.moderator, m.noteTaker, m.speaker, m.guest])
      await inBothLanguages(
        who,
        room(),
        ({ agenda }) => agenda,
        async (texts) => {
          for (const page of [texts.agenda, texts.list, texts.me]) {
            await window.resize(360, 640);
            await window.click(page);
            await look(`${texts.language} page ${page}`, PHONES);
          }
        },
      );
  });

  test('with somebody at the floor, and others waiting', async () => {
    await m.moderator.emit('session.giveFloor', { ...act(), personId: m.moderatorId, minutes: 5 });
    await m.noteTaker.emit('session.raiseHand', act());
    await m.speaker.emit('session.raiseHand', act());
    await forAll((texts) => texts.agenda);
    await inBothLanguages(
      m.moderator,
      room(),
      (texts) => texts.agenda,
      async (texts) => {
        await window.click(texts.agenda);
        await look(`${texts.language} queue`, PHONES);
      },
    );
  });

  test.each(['speaker', 'moderator'] as const)('while a %s who waits writes', (who) =>
    inBothLanguages(
      m[who],
      room(),
      (texts) => texts.agenda,
      async (texts) => {
        await window.fill(texts.composer, LONG.words);
        await look(`${texts.language} writing`);
        await window.run(() => document.querySelector<HTMLElement>('textarea')?.blur());
        await look(`${texts.language} written`);
      },
    ),
  );

  test('for who has the floor, writing too', async () => {
    await m.moderator.emit('session.giveFloor', { ...act(), personId: m.speakerId, minutes: 3 });
    await inBothLanguages(
      m.speaker,
      room(),
      (texts) => texts.agenda,
      async (texts) => {
        for (const page of [texts.agenda, texts.list, texts.me, texts.talk]) {
          await window.resize(360, 640);
          await window.click(page);
          await look(`${texts.language} floor ${page}`, PHONES);
        }
        await window.resize(360, 640);
        await window.fill(texts.composer, LONG.words);
        await look(`${texts.language} floor writing`);
      },
    );
  });

  test('while people wait at the door, and who moderates opens its dialogs', async () => {
    for (let n = 0; n < 2; n++) {
      const stranger = new TestClient(program.url);
      await stranger.call('session.door', { code: m.code });
      await stranger.call('session.ask', { code: m.code, personId: m.moderatorId });
    }
    for (let n = 0; n < 3; n++)
      await new TestClient(program.url).call('session.join', {
        ...{ code: m.code, name: `未列入者${'甲乙丙'[n]}${LONG.person}`.slice(0, 20), unitName: LONG.unit },
      });
    await inBothLanguages(
      m.moderator,
      room(),
      (texts) => texts.doors.waitingMany(2),
      async (texts) => {
        await window.click(texts.doors.oneByOne);
        await look(`${texts.language} one by one`);
        for (const [page, dialog, sign, next, then] of [
          [texts.agenda, texts.attendance, texts.expected, texts.doors.walkInsTitle, texts.doors.none],
          [texts.me, texts.invite, texts.inviteTitle],
          [texts.me, texts.end, texts.endConfirm],
        ] as const) {
          await window.resize(360, 640);
          await window.click(page);
          await opens(dialog, sign);
          await look(`${texts.language} dialog ${dialog}`, TIGHT);
          if (next !== undefined && then !== undefined) {
            await window.resize(360, 640);
            await opens(next, then);
            await look(`${texts.language} dialog ${next}`, TIGHT);
          }
          await window.press('Escape');
          await until(`${dialog} is closed`, async () => !(await window.run(dialogSays, '')), 10_000);
        }
      },
    );
  });

  test('while it is paused, or the network is away', async () => {
    await m.moderator.emit('session.pause', act());
    await forAll((texts) => texts.agenda, TIGHT);
    await inBothLanguages(
      m.speaker,
      room(),
      (texts) => texts.agenda,
      async (texts) => {
        await window.run(() => {
          Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
          dispatchEvent(new Event('offline'));
        });
        await look(`${texts.language} offline`, TIGHT);
      },
    );
  });

  test('when it is over', async () => {
    await m.moderator.emit('session.end', { ...act(), carryOver: [] });
    await forAll((texts) => texts.endedTitle, TIGHT);
    await inBothLanguages(m.speaker, room(), (texts) => texts.unsentWords.title, undefined, TIGHT);
  });
});
