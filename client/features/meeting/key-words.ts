import { dictionary } from '../../lib/words.ts';

/** Words of the sheet of keys. */
export const keyWords = dictionary(
  {
    title: '键盘操作',
    note: '正在输入时不起作用。',
    composer: '写发言',
    send: '发送（Shift + Enter 换行）',
    nextSpeaker: '请下一位发言',
    nextItem: '进入下一项议程',
    lines: '在发言、等候、议程、在场的各行之间移动',
    tools: '在一行的按钮之间移动',
    mark: '把选中的发言列入或移出纪要',
    sheet: '打开本页',
    on: '使用单键操作（使用读屏或语音软件时可关闭）',
  },
  {
    title: 'Keys',
    note: 'They do nothing while you type.',
    composer: 'write a message',
    send: 'send (Shift + Enter makes a line)',
    nextSpeaker: 'give the floor to the next speaker',
    nextItem: 'open the next item',
    lines: 'move between the lines of talk, queue, agenda and people',
    tools: 'move between the buttons of a line',
    mark: 'put the chosen message into the minutes, or take it out',
    sheet: 'open this sheet',
    on: 'Use keys of one letter (turn off for a screen reader or voice control)',
  },
);
