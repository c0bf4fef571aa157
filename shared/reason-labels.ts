import type { Label } from './labels.ts';

const label = (zh: string, en: string): Label => ({ zh, en });

/** Sentences for `Failure.reason`; `{max}` and the like are filled from its facts. */
export const REASON_LABEL: Readonly<Record<string, Label>> = {
  'text.nul': label(
    '内容含有无法保存的字符（空字符），请删除后再试。',
    'The text contains a NUL character; please delete it.',
  ),
  'text.surrogate': label(
    '内容含有不完整的字符，请重新输入。',
    'The text contains a broken character; please type it again.',
  ),
  'text.long': label('内容太长，最多 {max} 字。', 'Too long: at most {max} characters.'),
  'text.empty': label('请填写此项。', 'Please fill this in.'),
  'name.control': label(
    '名称里有换行等控制字符（{sign}），请删除后再试。',
    'The name holds a control character ({sign}), such as a line break; please delete it.',
  ),
  'name.bidi': label(
    '名称里有改变文字方向的字符（{sign}），请删除后再试。',
    'The name holds a character that turns the direction of text ({sign}); please delete it.',
  ),
  'name.invisible': label(
    '名称里有看不见的字符（{sign}），请重新输入。',
    'The name holds a character that cannot be seen ({sign}); please type it again.',
  ),
  'name.reserved': label(
    '这个名称是职务或系统用语，请填写本人姓名。',
    'This reads like an office, not like a person. Please give your own name.',
  ),
  'name.staff': label(
    '本次活动有同名的工作人员。若是您本人，请用个人链接或密码登录；若只是同名，请在姓名后加注，如“{name}（某科）”。',
    'One of the staff has this name. If it is you, please use your personal link or password; if you only share it, add a mark, as in “{name} (maths)”.',
  ),
  'field.invalid': label('填写有误，请检查。', 'Please check this field.'),
  'id.form': label('请重新选择。', 'Please choose again.'),
  'time.form': label('请选择日期和时间。', 'Please choose a day and a time.'),
  'day.form': label('请选择日期。', 'Please choose a day.'),
  'agenda.empty': label('议程至少要有一项。', 'The agenda needs at least one item.'),
  'expected.many': label(
    '应到人员最多 2000 人，请减少单位或人员。',
    'At most 2,000 people can be expected. Please take some units or people out.',
  ),
  'page.broken': label(
    '页面出了点问题，请重试；仍不行请联系管理员。',
    'Something on this page went wrong. Please try again, or tell the administrator.',
  ),
  'network.offline': label(
    '网络已断开，内容仍在，恢复后可再次提交。',
    'You are offline. Your text is kept; try again when you are back.',
  ),
  'server.unreachable': label(
    '暂时连不上服务器，请稍后再试。',
    'The server cannot be reached just now. Please try again later.',
  ),
  'storage.damaged': label(
    '这部分内容的存储数据已损坏，已停用并原样保留，其他内容不受影响。请管理员从备份恢复。',
    'The stored data of this are damaged. They are kept as they are and not used; everything else goes on. Please ask the administrator to restore a backup.',
  ),
  'code.form': label('会议号是 6 位数字。', 'A room code has six digits.'),
  'screen.code': label(
    '没有屏幕在显示这个配对码。配对码两分钟内有效，只能用一次。',
    'No screen shows this code. A code is good for two minutes, and once.',
  ),
  'screen.somebody': label(
    '这台电脑正以“{name}”的身份登录，请先退出。',
    'This computer is signed in as “{name}”. Please sign out first.',
  ),
  'code.unknown': label(
    '没有这个会议号，请核对。会议结束后会议号失效。',
    'There is no such code. Codes end with their session.',
  ),
  'login.form': label('账号用 3—40 位字母、数字或 _ . @ -。', 'A login has 3–40 letters, digits or _ . @ -.'),
  'login.taken': label('这个账号已有人使用。', 'This login is taken.'),
  'login.wrong': label('账号或密码不对。', 'Wrong login or password.'),
  'password.short': label('密码至少 8 位。', 'A password has at least 8 characters.'),
  'password.common': label(
    '这个密码太常见，容易被猜到，请换一个，例如几个不相干的词。',
    'This password is among the first that are guessed. Please choose another, such as some unrelated words.',
  ),
  'link.form': label('链接不完整，请重新打开。', 'The link is incomplete; please open it again.'),
  'link.unknown': label(
    '链接无效，请联系发给您的人重新生成。',
    'This link is not valid. Please ask for a new one.',
  ),
  'link.used': label('链接已经用过，请重新生成。', 'This link has been used. Please make a new one.'),
  'session.over': label(
    '会议已结束：{title}（{host}，{at}）。',
    'The meeting has ended: {title} ({host}, {at}).',
  ),
  'link.expired': label(
    '链接已过期，请联系发给您的人重新生成。',
    'This link has expired. Please ask for a new one.',
  ),
  'body.large': label('内容太大，请分几次提交。', 'Too much at once; please send it in parts.'),
  'body.unfinished': label(
    '网络太慢，内容没有传完，请重试。',
    'The network was too slow and not all of it came through. Please try again.',
  ),
  'input.many': label(
    '提交的内容项目太多，请分几次提交。',
    'Too many items at once; please send them in parts.',
  ),
  'server.busy': label('服务器正忙，请稍后再试。', 'The server is busy. Please try again in a moment.'),
  'origin.foreign': label('请在本系统的页面上操作。', 'Please use the pages of this board.'),
  'audit.others': label(
    '其他被拒绝的请求（种类很多，合在一起计数）。',
    'Other refused requests (of many kinds, counted together).',
  ),
  'audit.away': label(
    '已收到，但操作日志暂时存不下，请再试一次。',
    'It was received, but the audit log cannot be stored just now. Please try once more.',
  ),
  'page.unknown': label('没有这个页面。', 'There is no such page.'),
  'sign.in': label('请先登录或扫码进入。', 'Please sign in or scan the code first.'),
  'identity.switch': label(
    '本机现在的身份是“{name}”，确认后才会切换。',
    'This device is {name} now; please confirm the switch.',
  ),
  'edit.late': label(
    '{by} 已在 {at} 改过这项内容，请核对后再试。',
    '{by} changed this at {at}. Please compare and try again.',
  ),
  'campaign.in-use': label(
    '活动里还有单位或会议，不能移除。',
    'The campaign still has units or sessions and cannot be removed.',
  ),
  'unit.in-use': label(
    '单位下还有人员或会议，不能移除。',
    'The unit still has people or sessions and cannot be removed.',
  ),
  'unit.exists': label('已有同名单位。', 'There is a unit of this name already.'),
  'person.exists': label(
    '该单位已有同名人员；确有重名的，请在姓名后加注区分。',
    'The unit has somebody of this name; if there are two, add a mark to the name.',
  ),
  'person.in-use': label(
    '此人已参加会议或在应到名单中，不能移除。',
    'This person takes part in a session and cannot be removed.',
  ),
  'room.in-use': label('房间里已有会议，不能移除。', 'The room has sessions and cannot be removed.'),
  'pairs.fixed': label('这个模板的破立内容是固定的。', 'This template brings its own pairs.'),
  'phase.unknown': label('请选择一个已有的阶段。', 'Please choose one of the phases.'),
  'import.other-file': label(
    '这次导入已换了文件，请重新选择文件。',
    'Another file was sent for this import; please choose the file again.',
  ),
  'draft.empty': label('讨论稿还没有内容。', 'Nothing is written in the draft yet.'),
  'session.not-ended': label('会议还没有结束。', 'The meeting has not ended yet.'),
  'minutes.sealed': label(
    '纪要已定稿，不能再修改，会议也不能再继续。',
    'The minutes are final: they cannot be changed, nor the meeting continued.',
  ),
  'minutes.edited': label(
    '{by} 已在 {at} 改过这一段，您的文字没有丢失，请核对后再保存。',
    '{by} changed this paragraph at {at}. Your words are kept; please compare and save again.',
  ),
  'minutes.removed': label(
    '{by} 已在 {at} 删去这一段，您的文字没有丢失，可以复制，或先恢复这一段。',
    '{by} took this paragraph out at {at}. Your words are kept: copy them, or restore the paragraph first.',
  ),
  'minutes.moved': label(
    '这一段的位置刚刚有变化，已显示最新顺序，请核对后再移动。',
    'This paragraph has just got another place. The newest order is shown; please move it again.',
  ),
  'minutes.recomposed': label(
    '这一段刚刚按会议记录重新生成，您的文字没有丢失，请核对后再保存。',
    'This paragraph has just been composed anew from the log. Your words are kept; please compare and save again.',
  ),
  'minutes.changed': label(
    '纪要刚刚有变化，已显示最新内容，请核对后再试。',
    'The minutes have just changed. The newest text is shown; please read it and try again.',
  ),
  'paragraph.unknown': label(
    '这一段已不在纪要中，您的文字仍在，可以复制。',
    'This paragraph is no longer in the minutes. Your words are kept and can be copied.',
  ),
  'minutes.large': label(
    '内容太多，一份纪要放不下。请在会议里隐藏不需要的发言后再试。',
    'This is more than minutes can hold. Please hide what need not be in them in the meeting, then try again.',
  ),
  'session.paused': label('会议已暂停，请稍候。', 'The meeting is paused. Please wait.'),
  'session.not-running': label('会议现在没有进行。', 'The meeting is not running now.'),
  'board.unknown': label(
    '没有这份清单，或您不能打开它；请联系管理员发个人链接。',
    'There is no such list, or it is not open to you. Please ask the administrator for your personal link.',
  ),
  'board.forbidden': label(
    '您不能打开这个单位的清单，请联系管理员发个人链接。',
    'You cannot open this unit’s board. Please ask the administrator for your personal link.',
  ),
  'row.unknown': label('这一行已不在清单里。', 'This row is no longer in the list.'),
  'tries.many': label(
    '尝试次数太多，请 {seconds} 秒后再试。',
    'Too many tries. Please wait {seconds} seconds.',
  ),
  'session.unknown': label(
    '没有这次会议，可能已被删除。',
    'There is no such meeting; it may have been deleted.',
  ),
  'session.not-started': label('会议还没有开始。', 'The meeting has not started.'),
  'session.started': label('会议已经开始，不能删除。', 'The meeting has started and cannot be deleted.'),
  'session.ended': label('会议已经结束。', 'The meeting is over.'),
  'session.not-paused': label('会议正在进行，不用继续。', 'The meeting is running already.'),
  'session.unit-fixed': label(
    '会议开始后不能换主办单位。',
    'The host unit is fixed once the meeting has started.',
  ),
  'person.unknown': label(
    '名册里没有这个人，可能已被移除。',
    'This person is not on the roster; they may have been removed.',
  ),
  'person.choose': label(
    '请在名单里选择您的姓名，或填写姓名。',
    'Please choose your name from the list, or type it.',
  ),
  'person.removed': label(
    '您已被移出本次会议，请联系主持人。',
    'You were removed from this meeting. Please ask the moderator.',
  ),
  'door.staff': label(
    '“{name}”是本次会议的工作人员。请用个人链接或密码登录，或请求主持人确认。',
    'The name “{name}” is on the staff of this meeting. Use the personal link or password, or ask the moderator to confirm.',
  ),
  'door.present': label(
    '“{name}”已在另一台设备上参会。请用个人链接或密码登录，或请求主持人确认。',
    'The name “{name}” is here on another device already. Use the personal link or password, or ask the moderator to confirm.',
  ),
  'door.roster-only': label(
    '本次会议只允许花名册上的人员进入，名单里没有“{name}”。请核对姓名，或联系主持人。',
    'Only people on the roster may enter this meeting, and “{name}” is not on it. Please check the name, or ask the moderator.',
  ),
  'door.queue': label(
    '等候确认的人太多，请稍候再试。',
    'Too many people are waiting to be confirmed. Please try again in a moment.',
  ),
  'names.many': label(
    '新登记的姓名太多，请 {seconds} 秒后再试。',
    'Many new names are coming in. Please try again in {seconds} seconds.',
  ),
  'device.unknown': label(
    '浏览器没有保存本站的信息（Cookie），请允许后重新载入本页。',
    'This browser keeps no cookies of this site. Please allow them and load the page again.',
  ),
  'device.gone': label('这台设备已经退出。', 'This device is signed out already.'),
  'device.proven': label(
    '这台设备用个人链接或密码登录，不能在这里移除；确有问题请让管理员更换链接。',
    'This device came by a personal link or a password and cannot be removed here; the administrator can replace the link.',
  ),
  'message.other-device': label(
    '这条发言是在另一台设备上写的。请在那台设备上撤回，或用个人链接、密码登录后撤回。',
    'This was written on another device. Recall it there, or sign in with your personal link or password.',
  ),
  'person.absent': label('此人不在会议里。', 'This person is not in the meeting.'),
  'person.gone': label('此人已经离开会议。', 'This person has left the meeting.'),
  'person.inside': label('您已在会议里。', 'You are in the meeting already.'),
  'person.self': label('不能移出自己。', 'You cannot remove yourself.'),
  'unit.unknown': label('请选择一个单位。', 'Please choose a unit.'),
  'room.unknown': label('没有这间讨论室，可能已被删除。', 'There is no such room; it may have been deleted.'),
  'campaign.unknown': label(
    '没有这个活动，可能已被删除。',
    'There is no such campaign; it may have been deleted.',
  ),
  'template.unknown': label('请选择一个模板。', 'Please choose a template.'),
  'grant.unknown': label('这项角色已经收回。', 'This role has been revoked already.'),
  'item.unknown': label('议程里没有这一项。', 'The agenda has no such item.'),
  'item.open': label('这一项正在进行。', 'This item is open already.'),
  'item.not-open': label('这一项不在进行中。', 'This item is not open.'),
  'hand.raised': label('您已经举手。', 'Your hand is up already.'),
  'hand.down': label('手已经放下。', 'The hand is down already.'),
  'floor.yours': label('您正在发言。', 'You have the floor.'),
  'floor.taken': label('{name} 正在发言。', '{name} has the floor.'),
  'floor.empty': label('现在没有人发言。', 'Nobody has the floor.'),
  'message.unknown': label('没有这条发言。', 'There is no such message.'),
  'message.not-yours': label('只能撤回自己的发言。', 'You can withdraw your own messages only.'),
  'message.recalled': label('这条发言已经撤回。', 'This message has been withdrawn.'),
  'message.hidden': label('这条发言已经隐藏或撤回。', 'This message is hidden or withdrawn.'),
  'message.same': label('已经是这样了。', 'It is so already.'),
  'record.unknown': label('没有这条记录。', 'There is no such record.'),
  'record.struck': label('这条记录已经划去。', 'This record has been struck out already.'),
  'snapshot.unknown': label(
    '这个版本已经不在了。以前的版本保留 30 天。',
    'This version is no longer there. Earlier versions are kept for 30 days.',
  ),
  'board.full': label('清单已满，请先整理。', 'The list is full; please tidy it up first.'),
  'work.busy': label(
    '前面还有人在用，稍候自动再试。',
    'Others are before you; it is tried again in a moment.',
  ),
  'export.large': label(
    '内容太多，这个格式做不出来。请换一种格式导出。',
    'There is too much for this format. Please take another one.',
  ),
  'roster.empty': label('文件里没有人员。', 'There is nobody in this file.'),
  'roster.xls': label(
    '这是旧版 Excel 文件（.xls），请另存为 .xlsx 再导入。',
    'This is an old Excel file (.xls). Please save it as .xlsx.',
  ),
  'roster.password': label('文件有密码，请去掉密码再导入。', 'The file has a password; please remove it.'),
  'roster.unreadable': label(
    '读不了这个文件，请用 .xlsx 或 .csv。',
    'This file cannot be read; please use .xlsx or .csv.',
  ),
  'roster.encoding': label(
    '文字编码认不出，请另存为 UTF-8 或 GBK 的 CSV，或用 .xlsx。',
    'The encoding is unknown; please save as UTF-8 or GBK CSV, or use .xlsx.',
  ),
  'roster.too-large': label('文件太大，请分开导入。', 'The file is too large; please import it in parts.'),
  'roster.too-slow': label(
    '文件太复杂，5 秒内没能读完。请把花名册复制到一个新的表格里再导入。',
    'The file could not be read within 5 seconds. Please copy the roster into a new sheet and import that.',
  ),
  'roster.far-cell': label(
    '单元格 {value} 超出第 20000 行或第 200 列。请删去花名册以外的内容再导入。',
    'Cell {value} lies beyond row 20,000 or column 200. Please delete what is not part of the roster.',
  ),
  'roster.too-many-rows': label(
    '人数太多（{value}），请分开导入。',
    'Too many rows ({value}); please import them in parts.',
  ),
  'roster.no-header': label(
    '没有找到表头，表头要有“姓名”和“单位”。',
    'No header was found; it needs 姓名 and 单位.',
  ),
  'roster.no-unit-column': label('没有“单位”一列。', 'There is no column 单位.'),
  'roster.unit-missing': label('单位为空。', 'The unit is missing.'),
  'roster.name-missing': label('姓名为空。', 'The name is missing.'),
  'roster.error-cell': label(
    '公式出错（{value}），请改成文字。',
    'A formula has failed ({value}); please type the words.',
  ),
  'roster.several-people': label(
    '“{value}”像是几个人，请一人一行；是一个人的，请去掉中间的空格和标点。',
    'Several people seem to stand in one cell: “{value}”. Please give each a line; if it is one, take out blanks and marks.',
  ),
  'roster.quote': label(
    '从这一行起读不准：英文引号（"）没有成对，或在词的中间。请改正后再导入。',
    'It is not certain what is meant from this line on: a quotation mark (") is not closed, or stands within a word.',
  ),
  'roster.too-long': label('内容太长，最多 {value} 字。', 'Too long: at most {value} characters.'),
  'roster.duplicate': label(
    '与第 {value} 行同单位同姓名，请核对是否重复。',
    'Same unit and name as line {value}; please check.',
  ),
  'roster.duplicate-sheet': label(
    '与 {value} 同单位同姓名，请核对是否重复。',
    'Same unit and name as {value}; please check.',
  ),
  'roster.private-use': label(
    '姓名里有自造字，请核对。',
    'The name has a private-use character; please check.',
  ),
  'roster.reserved': label(
    '“{value}”像是职务，不像姓名，请核对。',
    'The name “{value}” reads like an office; please check.',
  ),
  'roster.phone-shortened': label(
    '号码被表格软件缩写，请核对。',
    'The number was shortened by the spreadsheet; please check.',
  ),
};
