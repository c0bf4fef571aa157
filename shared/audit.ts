import type { Label, Language } from './labels.ts';

const label = (zh: string, en: string): Label => ({ zh, en });

/** What can be done, as a row of the audit says it. */
const VERB_LABEL = {
  'sign-in': label('登录', 'signed in to'),
  'sign-out': label('退出', 'signed out'),
  use: label('使用', 'used'),
  set: label('设置', 'set'),
  grant: label('授予', 'granted'),
  revoke: label('收回', 'revoked'),
  create: label('新建', 'made'),
  add: label('添加', 'added'),
  edit: label('修改', 'changed'),
  remove: label('删除', 'deleted'),
  move: label('移动', 'moved'),
  import: label('导入', 'imported'),
  export: label('导出', 'exported'),
  join: label('进入', 'entered'),
  ask: label('请求', 'asked for'),
  answer: label('答复', 'answered'),
  'send-out': label('移出', 'sent out'),
  revert: label('恢复', 'restored'),
  recompose: label('重新生成', 'recomposed'),
  seal: label('定稿', 'sealed'),
} as const satisfies Record<string, Label>;
export type AuditVerb = keyof typeof VERB_LABEL;

/** What it was done to. */
const KIND_LABEL = {
  account: label('账号', 'an account'),
  device: label('本机', 'this device'),
  'other-devices': label('其他设备', 'other devices'),
  password: label('密码', 'a password'),
  link: label('链接', 'a link'),
  'admin-link': label('管理员链接', 'a link for the administrator'),
  'personal-link': label('个人链接', 'a personal link'),
  'guest-link': label('来宾链接', 'a guest link'),
  role: label('角色', 'a role'),
  campaign: label('活动', 'a campaign'),
  unit: label('单位', 'a unit'),
  person: label('人员', 'a person'),
  roster: label('花名册', 'a roster'),
  'roster-template': label('花名册模板', 'the roster template'),
  room: label('讨论室', 'a room'),
  session: label('会议', 'a meeting'),
  screen: label('大屏', 'a screen'),
  admission: label('以某人身份进入', 'entering under a name'),
  'walk-ins': label('未在花名册的人员', 'people not on the roster'),
  'roster-only': label('仅限花名册', 'who may enter'),
  minutes: label('纪要', 'minutes'),
  record: label('会议记录', 'the record of a meeting'),
  paragraph: label('纪要段落', 'a paragraph of minutes'),
  speeches: label('纪要列入的发言', 'what minutes list of what was said'),
  'problem-list': label('问题清单', 'a problem list'),
  draft: label('讨论稿', 'a draft'),
  'earlier-version': label('以前的版本', 'an earlier version'),
} as const satisfies Record<string, Label>;
export type AuditKind = keyof typeof KIND_LABEL;

/** Which thing a row is about. `id` and `detail` (a role, a format) are never words that people have written, `name` is a name or a title. */
export interface AuditObject {
  id: string;
  name?: string | undefined;
  detail?: string | undefined;
}

/** What one procedure leaves in the audit. */
export interface AuditLine<I, O> {
  verb: AuditVerb;
  kind: AuditKind;
  /** `answer` is absent when it failed, and for a download. Secrets of links and codes of rooms never go in. */
  object(input: I, answer: O | undefined): AuditObject;
  /** Who did it, where that is only known by the answer: at the door. Otherwise it is who asked. */
  by?(answer: O, input: I): { personId: string; name?: string | undefined } | undefined;
}

/**
 * How a procedure is audited: by a row of its own, by the entry that it adds to the room's log (`room`), or not at all (`none`),
 * because nothing that anybody will ask about is changed.
 */
export type AuditRule<I, O> = AuditLine<I, O> | 'room' | 'none';

const inWords = (table: Readonly<Record<string, Label>>, key: string, language: Language): string =>
  Object.hasOwn(table, key) ? table[key]![language] : key;

/** “删除单位”, “deleted a unit”; a word of a newer program stands as it is. */
export function auditText(verb: string, kind: string, language: Language): string {
  const [done, what] = [inWords(VERB_LABEL, verb, language), inWords(KIND_LABEL, kind, language)];
  return language === 'zh' ? done + what : `${done} ${what}`.trim();
}
