import { newId } from '../../shared/ids.ts';
import { type Fixture, makeFixture, TestClient } from './client.ts';

/** Names and titles as long as offices write them. */
export const LONG = {
  title: '关于进一步解放思想、转变作风、推动教科研工作高质量发展的第二次线上座谈会（扩大会议）',
  item: '围绕“畏难等靠”逐人发言：本科室最难的一件事，以及难在哪里、怎么立、谁来牵头、何时见效',
  person: '欧阳慕容·阿卜杜热合曼·买买提江',
  unit: '教育科学研究与教师发展中心（基础教育质量监测办公室）',
  words:
    '薄弱学校的教研员一年只来两次，https://example.org/a/very/long/address/without/any/break/in/it/index.html 老师们有问题只能等。',
};

export interface LongMeeting extends Fixture {
  moderator: TestClient;
  noteTaker: TestClient;
  speaker: TestClient;
  guest: TestClient;
  /** Person ids. */
  speakerId: string;
  moderatorId: string;
}

/** A meeting before its start whose every name is long, with one device of each kind of person. */
export async function makeLongMeeting(url: string, adminLink: string): Promise<LongMeeting> {
  const f = await makeFixture(url, () => Promise.resolve({ url: adminLink }));
  const { admin, campaignId, unitId, sessionId, code } = f;
  const units = await admin.call('campaigns.units', { campaignId });
  const { order, version: edition } = units.find((each) => each.unitId === unitId)!;
  await admin.call('campaigns.editUnit', { campaignId, unitId, version: edition, order, name: LONG.unit });
  const speakerId = newId();
  const who = { campaignId, personId: speakerId, unitId, name: LONG.person };
  await admin.call('campaigns.addPerson', { ...who, position: '', level: '正高级教师' });
  const session = await admin.call('session.get', { sessionId });
  const { plannedMinutes, place, expectedUnits, expectedPeople, version } = session;
  await admin.call('session.edit', {
    ...{ sessionId, version, unitId, plannedMinutes, place, expectedUnits, expectedPeople },
    plannedAt: session.plannedAt,
    title: LONG.title,
    agenda: f.agenda.map((item, n) => (n === 1 ? { ...item, title: LONG.item } : item)),
  });
  const moderator = await f.staff('周敏', 'moderator');
  const noteTaker = await f.staff('陆远航', 'note-taker');
  const speaker = new TestClient(url);
  await speaker.call('session.join', { code, personId: speakerId });
  const guest = new TestClient(url);
  const link = await admin.call('session.makeGuestLink', { sessionId, name: LONG.person.slice(0, 9) });
  await guest.call('identity.useLink', {
    secret: link.url.split('/').at(-1)!,
    name: LONG.person.slice(0, 9),
  });
  return { ...f, moderator, noteTaker, speaker, guest, speakerId, moderatorId: f.people['周敏']! };
}
