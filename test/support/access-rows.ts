import type { InputOf, ProcedureName } from '../../shared/contract/index.ts';
import { newId } from '../../shared/ids.ts';
import type { World } from './access-world.ts';

/**
 * One letter a role, in the order of ROLES: `a` gets past every right (what happens then is no affair of this table), U
 * UNAUTHENTICATED, F FORBIDDEN, N NOT_FOUND. `fresh`: each role comes with a device of its own, since it may leave as
 * somebody else. The inputs are valid and change nothing, or always the same.
 */
interface Row<N extends ProcedureName> {
  cells: string;
  input(world: World): InputOf<N> | Promise<InputOf<N>>;
  fresh?: boolean;
  file?: Uint8Array;
}

const OPEN = 'aaaaaaaaaa';
const ANYBODY = 'Uaaaaaaaaa';
const HERE = 'UaaaaaaaNa';
const VOICES = 'UaaFaaaaNa';
const DESK = 'UFFFaaaaNF';
const CHAIR = 'UFFFFaaaNF';
const ADMINISTRATOR = 'UFFFFFaaNF';
const INSTALLATION = 'UFFFFFFaFF';
const BOARD = 'UaFaaaaaFa';
const HISTORY = 'UFNFaaaaNF';

/** Above any version there is: the change comes too late. */
const LATE = 999;
const at = (w: World) => ({ sessionId: w.sessionId });
const act = (w: World) => ({ sessionId: w.sessionId, id: w.usedId });
const message = (w: World) => ({ ...act(w), messageId: w.messageId });
const person = (w: World) => ({ ...act(w), personId: w.people['何清']! });
const campaign = (w: World) => ({ campaignId: w.campaignId });
const roster = (w: World) => ({ ...campaign(w), personId: w.people['何清']! });
const settings = (w: World) => ({
  ...{
    title: '座谈会',
    plannedAt: '2026-03-18T06:30:00.000Z',
    plannedMinutes: 60,
    place: '',
    unitId: w.unitId,
  },
  ...{ agenda: w.agenda, expectedUnits: [w.unitId], expectedPeople: [] },
});
const room = { name: '房间', break: '破', build: '立', prompts: [] };
const csv = new TextEncoder().encode('单位,姓名\n教科研一室,周敏\n');
const paragraph = (w: World) => ({ ...at(w), paragraphId: 'title', rev: LATE });

async function grantId(w: World): Promise<string> {
  const personId = w.people['何清']!;
  return (await w.admin.call('identity.grant', { ...campaign(w), personId, role: 'participant' })).grantId;
}

async function guestLink(w: World): Promise<{ linkId: string; secret: string }> {
  const { linkId, url } = await w.admin.call('session.makeGuestLink', { ...at(w), name: '来宾' });
  return { linkId, secret: url.split('/').at(-1)! };
}

async function endedLink(w: World): Promise<string> {
  const { linkId, secret } = await guestLink(w);
  await w.admin.call('session.revokeGuestLink', { ...at(w), linkId });
  return secret;
}

export const ROWS: { [N in ProcedureName]: Row<N> } = {
  'identity.me': { cells: OPEN, input: () => ({}) },
  'identity.signIn': { cells: OPEN, input: () => ({ login: 'nobody', password: 'not the one' }) },
  'identity.signOut': { cells: OPEN, input: () => ({}), fresh: true },
  'identity.link': { cells: OPEN, input: async (w) => ({ secret: (await guestLink(w)).secret }) },
  'identity.useLink': { cells: OPEN, input: async (w) => ({ secret: await endedLink(w) }) },
  'identity.setPassword': {
    cells: 'UFFaaaaaaF',
    input: () => ({ login: 'office', password: 'long enough 9', current: 'not the one' }),
  },
  'identity.grants': { cells: ADMINISTRATOR, input: campaign },
  'identity.grant': { cells: ADMINISTRATOR, input: (w) => ({ ...roster(w), role: 'participant' }) },
  'identity.revoke': {
    cells: ADMINISTRATOR,
    input: async (w) => ({ ...campaign(w), grantId: await grantId(w) }),
  },
  'identity.personalLink': { cells: ADMINISTRATOR, input: roster },

  'campaigns.templates': { cells: ANYBODY, input: () => ({}) },
  'campaigns.list': { cells: ANYBODY, input: () => ({}) },
  'campaigns.create': {
    cells: INSTALLATION,
    input: (w) => ({ ...campaign(w), name: '又一个', slogan: '', sponsor: '', templateId: 'bapobali-2015' }),
  },
  'campaigns.get': { cells: HERE, input: campaign },
  'campaigns.edit': {
    cells: ADMINISTRATOR,
    input: (w) => ({
      ...campaign(w),
      ...{ version: LATE, name: '新名', slogan: '', sponsor: '', phases: [], currentPhase: 0 },
    }),
  },
  'campaigns.remove': { cells: INSTALLATION, input: campaign },
  'campaigns.units': { cells: HERE, input: campaign },
  'campaigns.addUnit': {
    cells: ADMINISTRATOR,
    input: (w) => ({ ...campaign(w), unitId: w.unitId, name: '教科研一室' }),
  },
  'campaigns.editUnit': {
    cells: ADMINISTRATOR,
    input: (w) => ({ ...campaign(w), version: LATE, unitId: w.unitId, name: '新名', order: 1 }),
  },
  'campaigns.removeUnit': { cells: ADMINISTRATOR, input: (w) => ({ ...campaign(w), unitId: w.unitId }) },
  'campaigns.people': { cells: 'UFFFaaaaNF', input: campaign },
  'campaigns.addPerson': {
    cells: ADMINISTRATOR,
    input: (w) => ({ ...roster(w), unitId: w.unitId, name: '何清', position: '', level: '骨干' }),
  },
  'campaigns.editPerson': {
    cells: ADMINISTRATOR,
    input: (w) => ({
      ...roster(w),
      ...{ version: LATE, unitId: w.unitId, name: '新名', position: '', level: '' },
    }),
  },
  'campaigns.removePerson': {
    cells: ADMINISTRATOR,
    input: (w) => ({ ...campaign(w), personId: w.people['周敏']! }),
  },
  'campaigns.importRoster': {
    cells: ADMINISTRATOR,
    input: (w) => ({ ...campaign(w), importId: newId(), fileName: 'a.csv', apply: false }),
    file: csv,
  },
  'campaigns.rosterTemplate': { cells: ADMINISTRATOR, input: campaign },

  'rooms.list': { cells: HERE, input: campaign },
  'rooms.add': { cells: ADMINISTRATOR, input: (w) => ({ ...campaign(w), roomId: w.roomId, ...room }) },
  'rooms.edit': { cells: ADMINISTRATOR, input: (w) => ({ roomId: w.roomId, version: LATE, ...room }) },
  'rooms.remove': { cells: ADMINISTRATOR, input: (w) => ({ roomId: w.roomId }) },
  'board.open': { cells: BOARD, input: (w) => ({ ...campaign(w), unitId: w.unitId }) },
  'board.sizes': { cells: 'UFFFFFaaFF', input: campaign },
  'board.get': { cells: 'UaNaaaaaNa', input: (w) => ({ boardId: w.boardId }) },
  'board.mendDraft': { cells: 'UaNaaaaaNa', input: (w) => ({ boardId: w.boardId }) },
  'board.history': { cells: HISTORY, input: (w) => ({ boardId: w.boardId, part: 'draft' }) },
  'board.lookAt': { cells: HISTORY, input: (w) => ({ boardId: w.boardId, snapshotId: w.snapshotId }) },
  'board.goBack': { cells: HISTORY, input: (w) => ({ boardId: w.boardId, snapshotId: w.snapshotId }) },

  'session.list': { cells: HERE, input: campaign },
  'session.overview': { cells: HERE, input: campaign },
  'session.watch': { cells: HERE, input: (w) => ({ ...campaign(w), on: true }) },
  'session.create': {
    cells: CHAIR,
    input: (w) => ({ ...campaign(w), ...at(w), roomId: w.roomId, ...settings(w) }),
  },
  'session.carried': { cells: CHAIR, input: (w) => ({ ...campaign(w), unitId: w.unitId }) },
  'session.get': { cells: HERE, input: at },
  'session.edit': { cells: CHAIR, input: (w) => ({ ...at(w), version: LATE, ...settings(w) }) },
  'session.remove': { cells: CHAIR, input: at },
  'session.door': { cells: OPEN, input: (w) => ({ code: w.code }) },
  'session.join': {
    cells: OPEN,
    input: (w) => ({ code: w.code, personId: w.people['何清']! }),
    fresh: true,
  },
  'session.ask': { cells: OPEN, input: (w) => ({ code: w.code, personId: w.people['何清']! }), fresh: true },
  'session.asked': { cells: OPEN, input: (w) => ({ code: w.code }) },
  'session.stopAsking': { cells: OPEN, input: (w) => ({ code: w.code }) },
  'session.waiting': { cells: CHAIR, input: at },
  'session.answer': { cells: CHAIR, input: (w) => ({ ...at(w), requestIds: [newId()], letIn: true }) },
  'session.setRosterOnly': { cells: CHAIR, input: (w) => ({ ...at(w), rosterOnly: false }) },
  'session.walkIns': { cells: CHAIR, input: at },
  'session.removeWalkIns': { cells: CHAIR, input: (w) => ({ ...act(w), personIds: [newId()] }) },
  'session.devices': { cells: CHAIR, input: (w) => ({ ...at(w), personId: newId() }) },
  'session.dropDevice': {
    // Who may finds no such device.
    cells: 'UFFFFNNNNF',
    input: (w) => ({ ...at(w), personId: newId(), deviceId: 'none' }),
  },
  'session.guestLinks': { cells: CHAIR, input: at },
  'session.makeGuestLink': { cells: CHAIR, input: (w) => ({ ...at(w), name: '来宾' }) },
  'session.revokeGuestLink': {
    cells: CHAIR,
    input: async (w) => ({ ...at(w), linkId: (await guestLink(w)).linkId }),
  },
  'session.screen': { cells: OPEN, input: () => ({ secret: 'a'.repeat(43) }) },
  // Nobody has entered its code.
  'session.openScreen': { cells: 'NNNNNNNNNN', input: () => ({ secret: 'a'.repeat(43) }) },
  'session.screens': { cells: DESK, input: at },
  'session.pairScreen': { cells: 'UFFFNNNNNF', input: (w) => ({ ...at(w), code: '100000' }) },
  'session.endScreen': { cells: DESK, input: (w) => ({ ...at(w), screenId: 'none' }) },
  'session.open': { cells: HERE, input: at },
  'session.entries': { cells: HERE, input: (w) => ({ ...at(w), after: 0, limit: 10 }) },
  'session.rows': { cells: 'UaFaaaaaNa', input: at },
  'session.messages': { cells: HERE, input: (w) => ({ ...at(w), before: 10, limit: 10 }) },
  'session.away': { cells: HERE, input: (w) => ({ ...at(w), away: false }) },
  'session.close': { cells: ANYBODY, input: at },
  'session.enter': { cells: HERE, input: act },
  'session.leave': { cells: HERE, input: act },
  'session.removePerson': { cells: CHAIR, input: (w) => ({ ...act(w), personId: newId() }) },
  'session.dropDevices': { cells: CHAIR, input: (w) => ({ ...at(w), personId: newId() }) },
  'session.attend': {
    cells: DESK,
    input: (w) => ({ ...act(w), personId: w.people['周敏']!, status: 'present', reason: '' }),
  },
  'session.start': { cells: CHAIR, input: act },
  'session.pause': { cells: CHAIR, input: act },
  'session.resume': { cells: CHAIR, input: act },
  'session.end': { cells: CHAIR, input: (w) => ({ ...act(w), carryOver: [] }) },
  'session.prompt': { cells: CHAIR, input: act },
  'session.openItem': { cells: CHAIR, input: (w) => ({ ...act(w), itemId: w.agenda[1]!.id }) },
  'session.closeItem': { cells: CHAIR, input: (w) => ({ ...act(w), itemId: w.agenda[0]!.id }) },
  'session.say': { cells: VOICES, input: (w) => ({ ...act(w), kind: 'speech', body: '别的话' }) },
  'session.recall': { cells: VOICES, input: message },
  'session.hide': { cells: CHAIR, input: message },
  'session.show': { cells: CHAIR, input: message },
  'session.pin': { cells: CHAIR, input: message },
  'session.unpin': { cells: CHAIR, input: message },
  'session.mark': { cells: DESK, input: message },
  'session.unmark': { cells: DESK, input: message },
  'session.takeUp': { cells: DESK, input: (w) => ({ ...at(w), messageId: w.messageId }) },
  'session.raiseHand': { cells: VOICES, input: act },
  'session.lowerHand': { cells: CHAIR, input: (w) => ({ ...act(w), personId: newId() }) },
  'session.orderQueue': { cells: CHAIR, input: (w) => ({ ...act(w), order: [] }) },
  'session.giveFloor': { cells: CHAIR, input: (w) => ({ ...person(w), minutes: 3 }) },
  'session.extendFloor': { cells: CHAIR, input: (w) => ({ ...act(w), minutes: 3 }) },
  'session.endFloor': { cells: VOICES, input: act },
  'session.decide': {
    cells: DESK,
    input: (w) => ({ ...act(w), text: '定了', unitName: '教科研一室', due: '2026-04-10' }),
  },
  'session.assign': {
    cells: DESK,
    input: (w) => ({ ...act(w), text: '去做', ownerName: '何清', due: '2026-04-10' }),
  },
  'session.strike': { cells: DESK, input: (w) => ({ ...act(w), recordId: newId(), reason: '' }) },

  'minutes.open': { cells: 'UaFaaaaaNa', input: at },
  'minutes.edit': { cells: DESK, input: (w) => ({ ...paragraph(w), text: '改' }) },
  'minutes.revert': { cells: DESK, input: paragraph },
  'minutes.add': {
    cells: DESK,
    input: (w) => ({ ...at(w), paragraphId: w.usedId, after: 'none', kind: 'text', text: '加' }),
  },
  'minutes.remove': { cells: DESK, input: paragraph },
  'minutes.restore': { cells: DESK, input: (w) => ({ ...at(w), paragraphId: 'none' }) },
  'minutes.move': { cells: DESK, input: (w) => ({ ...at(w), paragraphId: 'none', was: '', after: '' }) },
  'minutes.listSpeeches': { cells: DESK, input: (w) => ({ ...at(w), speeches: 'all' }) },
  'minutes.recompose': { cells: DESK, input: at },
  'minutes.seal': { cells: CHAIR, input: (w) => ({ ...at(w), version: LATE }) },
  'exports.minutes': { cells: DESK, input: (w) => ({ ...at(w), format: 'md' }) },
  'exports.record': { cells: DESK, input: (w) => ({ ...at(w), format: 'md' }) },
  'exports.list': { cells: 'UFNFaaaaNF', input: (w) => ({ boardId: w.boardId, format: 'xlsx' }) },
  'exports.draft': { cells: 'UFNFaaaaNF', input: (w) => ({ boardId: w.boardId, format: 'docx' }) },
  'admin.audit': { cells: INSTALLATION, input: () => ({ limit: 10 }) },
};
