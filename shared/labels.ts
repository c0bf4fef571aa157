import type { Role } from './actor.ts';
import type { ErrorCode, Failure } from './errors.ts';
import { dayOf, timeOf } from './days.ts';
import type { Time } from './fields.ts';
import type { AttendanceStatus, MessageKind, Phase } from './log.ts';
import { REASON_LABEL } from './reason-labels.ts';

export type Language = 'zh' | 'en';
export type Label = Readonly<Record<Language, string>>;
const label = (zh: string, en: string): Label => ({ zh, en });

export const ROLE_LABEL: Record<Role, Label> = {
  administrator: label('管理员', 'Administrator'),
  moderator: label('主持人', 'Moderator'),
  'note-taker': label('记录人', 'Note-taker'),
  participant: label('参会人', 'Participant'),
  observer: label('列席', 'Observer'),
  guest: label('来宾', 'Guest'),
  screen: label('大屏', 'Screen'),
};

export const PHASE_LABEL: Record<Phase, Label> = {
  draft: label('未开始', 'Not started'),
  live: label('进行中', 'In progress'),
  paused: label('已暂停', 'Paused'),
  ended: label('已结束', 'Ended'),
};

export const KIND_LABEL: Record<MessageKind, Label> = {
  speech: label('发言', 'Remark'),
  problem: label('问题', 'Problem'),
  suggestion: label('建议', 'Suggestion'),
  summary: label('小结', 'Summary'),
};

export const ATTENDANCE_LABEL: Record<AttendanceStatus, Label> = {
  present: label('出席', 'Present'),
  leave: label('请假', 'On leave'),
  observing: label('列席', 'In attendance'),
  none: label('未到', 'Not here'),
};

const CODE_LABEL: Record<ErrorCode, Label> = {
  INVALID_INPUT: label(
    '填写的内容有误，请检查后再试。',
    'Something in the form is not right. Please check it and try again.',
  ),
  UNAUTHENTICATED: label('请先登录或扫码进入。', 'Please sign in or scan the code first.'),
  FORBIDDEN: label(
    '您没有这项权限，请联系主持人或管理员。',
    'You may not do this. Please ask the moderator or the administrator.',
  ),
  NOT_FOUND: label('找不到这项内容，可能已被移除。', 'This cannot be found; it may have been removed.'),
  CONFLICT: label(
    '刚刚有人改过这项内容，请核对后再试。',
    'Somebody has just changed this. Please compare and try again.',
  ),
  WRONG_STATE: label('现在不能这样做。', 'This cannot be done now.'),
  TOO_LARGE: label('内容太大，请分开提交。', 'This is too large; please send it in parts.'),
  OUTDATED: label(
    '页面已更新，正在重新载入，您的内容会保留。',
    'The page has been updated and reloads; your work is kept.',
  ),
  RATE_LIMITED: label('操作太频繁，请稍候再试。', 'Too many tries. Please wait a moment.'),
  INTERNAL: label('服务器出了问题，请稍后再试。', 'The server had a problem. Please try again later.'),
  UNAVAILABLE: label(
    '暂时连不上服务器，请稍后再试。',
    'The server cannot be reached just now. Please try again later.',
  ),
};

/** Fills `{max}` and the like; an instant is read as Beijing time, the day is left out when it is today. */
function filled(sentence: string, facts: Failure['facts'] = {}): string {
  return sentence.replace(/\{(\w+)\}/g, (_, key: string) => {
    const fact = String(facts[key] ?? '');
    return key === 'at' && !Number.isNaN(Date.parse(fact)) ? momentOf(fact) : fact;
  });
}

function momentOf(time: Time): string {
  const [day, clock] = [dayOf(time), timeOf(time)];
  return day === dayOf(new Date().toISOString()) ? clock : `${day} ${clock}`;
}

/** The sentence a person reads for a failure: by its reason if known, else by its code. */
export function failureText(failure: Failure, language: Language): string {
  return filled((REASON_LABEL[failure.reason] ?? CODE_LABEL[failure.code])[language], failure.facts);
}

/** The sentence for one field's reason; undefined when the word is unknown. */
export function reasonText(
  reason: string,
  language: Language,
  facts: Failure['facts'] = {},
): string | undefined {
  const known = REASON_LABEL[reason];
  return known && filled(known[language], facts);
}
