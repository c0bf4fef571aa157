import { dictionary } from '../../lib/words.ts';

export const unsentWords = dictionary(
  {
    title: '没有送出的发言',
    ended: '会议已经结束，这些内容没有送出。您可以复制留存；会议恢复后可继续发送。',
    mayNot: '您现在不能发言，这些内容没有送出。您可以复制留存。',
    outside: '这些内容没有送出，只保留在这台设备上。您可以复制留存。',
    drop: '删除',
  },
  {
    title: 'What you have not sent',
    ended:
      'The meeting is over and this was not sent. You can copy it; if the meeting goes on you can still send it.',
    mayNot: 'You may not speak now and this was not sent. You can copy it.',
    outside: 'This was not sent and is kept on this device only. You can copy it.',
    drop: 'Delete',
  },
);
