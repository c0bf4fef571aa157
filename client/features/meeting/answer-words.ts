import { dictionary } from '../../lib/words.ts';

export const answerWords = dictionary(
  {
    title: '我的答复',
    attending: '您已进入会议。如不能参加，请在此请假。',
    ask: '请假',
    onLeave: '您已请假，会议记录中列入请假人员。',
    reason: '请假事由',
    reasonNote: '事由只有主持人、记录人和管理员可以看到，不印进会议纪要。',
    submit: '提交请假',
    cancel: '取消',
    attend: '改为参加',
    done: '已请假',
    back: '已改为参加',
  },
  {
    title: 'My answer',
    attending: 'You have come in. If you cannot take part, ask for leave here.',
    ask: 'Ask for leave',
    onLeave: 'You are on leave; the record lists you as excused.',
    reason: 'Reason',
    reasonNote:
      'Only the moderator, the note-taker and the administrator see the reason; the minutes do not print it.',
    submit: 'Send',
    cancel: 'Cancel',
    attend: 'I will take part',
    done: 'You are on leave now',
    back: 'You take part',
  },
);
