import type { ProcedureName } from '../../../shared/contract/index.ts';
import type { Label, Language } from '../../../shared/labels.ts';

const label = (zh: string, en: string): Label => ({ zh, en });

/** What a line of the audit log says was done. Commands that the room's own log keeps do not come here. */
const PROCEDURE_LABEL: Partial<Record<ProcedureName, Label>> = {
  'identity.signIn': label('登录', 'signed in'),
  'identity.signOut': label('退出', 'signed out'),
  'identity.useLink': label('使用链接', 'used a link'),
  'identity.setPassword': label('修改密码', 'set a password'),
  'identity.grant': label('授予角色', 'granted a role'),
  'identity.revoke': label('收回角色', 'revoked a role'),
  'identity.personalLink': label('生成个人链接', 'made a personal link'),
  'campaigns.create': label('新建活动', 'made a campaign'),
  'campaigns.edit': label('修改活动', 'changed a campaign'),
  'campaigns.remove': label('删除活动', 'deleted a campaign'),
  'campaigns.addUnit': label('添加单位', 'added a unit'),
  'campaigns.editUnit': label('修改单位', 'changed a unit'),
  'campaigns.removeUnit': label('删除单位', 'deleted a unit'),
  'campaigns.addPerson': label('添加人员', 'added a person'),
  'campaigns.editPerson': label('修改人员', 'changed a person'),
  'campaigns.removePerson': label('删除人员', 'deleted a person'),
  'campaigns.importRoster': label('导入花名册', 'imported a roster'),
  'campaigns.rosterTemplate': label('下载花名册模板', 'downloaded the roster template'),
  'rooms.add': label('添加会议室', 'added a room'),
  'rooms.edit': label('修改会议室', 'changed a room'),
  'rooms.remove': label('删除会议室', 'deleted a room'),
  'session.create': label('新建座谈会', 'made a meeting'),
  'session.edit': label('修改会议设置', 'changed a meeting'),
  'session.remove': label('删除会议', 'deleted a meeting'),
  'session.join': label('进入会议', 'entered a meeting'),
  'session.makeGuestLink': label('生成来宾链接', 'made a guest link'),
  'session.revokeGuestLink': label('收回来宾链接', 'revoked a guest link'),
  'session.dropDevices': label('退出其他设备', 'signed other devices out'),
  'minutes.edit': label('修改纪要', 'edited minutes'),
  'minutes.revert': label('恢复纪要段落', 'restored a paragraph of minutes'),
  'minutes.recompose': label('重新生成纪要', 'recomposed minutes'),
  'minutes.seal': label('纪要定稿', 'sealed minutes'),
  'exports.minutes': label('导出纪要', 'exported minutes'),
  'exports.list': label('导出问题清单', 'exported a problem list'),
};

/** A procedure in words; its bare name when there are none yet. */
export function procedureText(procedure: string, language: Language): string {
  return PROCEDURE_LABEL[procedure as ProcedureName]?.[language] ?? procedure;
}
