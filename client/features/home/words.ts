import { dictionary } from '../../lib/words.ts';
import type { Step } from './first-steps.ts';

type StepName = Step['name'];

const NUMERALS = ['零', '一', '两', '三', '四', '五', '六', '七', '八', '九', '十'] as const;
const count = (n: number) => NUMERALS[n] ?? String(n);

export const homeWords = dictionary(
  {
    rooms: (n: number) => `${count(n)}间讨论室`,
    pairs: '每室一破一立',
    areas: '先找短板，再谋对策',
    newSession: '新建座谈会',
    enter: '进入会议',
    prepare: '会前准备',
    minutes: '看纪要',
    present: (n: number) => `${n} 人在场`,
    next: '下一次座谈会',
    latest: '最近一次座谈会',
    noSession: '还没有座谈会',
    noSessionNote: '选一间讨论室，定好时间，把二维码发到群里就能开会。',
    noSessionGuest: '主持人召集座谈会后，这里会显示时间和入口。',
    meetings: (n: number) => `座谈会 ${n}`,
    problems: (n: number) => `问题 ${n}`,
    phases: '实施步骤',
    now: '现在',
    past: '已完成',
    firstSteps: '开始之前',
    putAway: '不再显示',
    step: (name: StepName) => ({ people: '单位和人员', moderator: '主持人', session: '座谈会' })[name],
    stepNote: (name: StepName) =>
      ({
        people: '导入花名册或逐个添加，参会人扫码就能选自己的姓名。',
        moderator: '把主持人角色给一位同志，再把个人链接发给他。',
        session: '选一间讨论室，定好时间和议程。',
      })[name],
    stepDeed: (name: StepName) => ({ people: '去添加', moderator: '去指定', session: '新建座谈会' })[name],
    lists: '各单位问题清单',
    noRooms: '还没有讨论室',
    noRoomsNote: '在设置里添加讨论室：每间一个主题，一破一立。',
    toSettings: '去设置',
    noUnits: '还没有单位和人员',
    noUnitsNote: '导入花名册或逐个添加以后，参会人扫码就能选自己的姓名。',
    addPeople: '添加单位和人员',
    po: '破',
    li: '立',
    room: '讨论室',
    prompts: '引导问题',
    sessionsHere: '本室座谈会',
    close: '关闭',
  },
  {
    rooms: (n: number) => (n === 1 ? 'One room' : `${n} rooms`),
    pairs: 'One thing to break and one to build in each',
    areas: 'First the weak points, then the measures',
    newSession: 'New symposium',
    enter: 'Enter the room',
    prepare: 'Prepare',
    minutes: 'Minutes',
    present: (n: number) => `${n} present`,
    next: 'Next meeting',
    latest: 'Latest meeting',
    noSession: 'No meeting yet',
    noSessionNote: 'Choose a room, set a time, send the QR code to the group, and the meeting can begin.',
    noSessionGuest: 'When the moderator calls a meeting, its time and its door appear here.',
    meetings: (n: number) => `Meetings ${n}`,
    problems: (n: number) => `Problems ${n}`,
    phases: 'Phases',
    now: 'now',
    past: 'done',
    firstSteps: 'Before you begin',
    putAway: 'Do not show again',
    step: (name: StepName) =>
      ({ people: 'Units and people', moderator: 'A moderator', session: 'A symposium' })[name],
    stepNote: (name: StepName) =>
      ({
        people: 'Import the roster or add them one by one; participants then pick their name after scanning.',
        moderator: 'Give somebody the role of moderator and send them their personal link.',
        session: 'Choose a room, a time and an agenda.',
      })[name],
    stepDeed: (name: StepName) =>
      ({ people: 'Add them', moderator: 'Appoint one', session: 'New symposium' })[name],
    lists: 'Problem lists of the units',
    noRooms: 'No room yet',
    noRoomsNote: 'Add rooms in the settings: one theme each, one thing to break and one to build.',
    toSettings: 'To the settings',
    noUnits: 'No units and people yet',
    noUnitsNote:
      'Import the roster or add them one by one; participants then choose their name after scanning.',
    addPeople: 'Add units and people',
    po: 'Break',
    li: 'Build',
    room: 'Room',
    prompts: 'Guiding questions',
    sessionsHere: 'Meetings in this room',
    close: 'Close',
  },
);
