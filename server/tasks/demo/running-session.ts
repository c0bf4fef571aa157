import {
  attend,
  enter,
  floor,
  hand,
  intoMinutes,
  openItem,
  pin,
  prompt,
  type Step,
  say,
  start,
  takeUp,
  yieldFloor,
} from './scene.ts';

/** The meeting that goes on right now; started so many minutes ago. */
export const STARTED_AGO = 18;

export const RUNNING = {
  title: '第三次线上座谈会：课题申报不再等和靠',
  room: '破除畏难等靠情绪、树立锐意进取意识',
  unit: '教科研一室',
  units: ['教科研一室', '教科研二室', '澄溪实验学校', '澄溪区第三中学'],
  people: ['罗以宁', '温以蓝'],
  place: '线上会议',
  plannedMinutes: 60,
  agenda: [
    { title: '回看上次三件事', minutes: 5 },
    { title: '轮流发言：申报卡在哪一步', minutes: 30 },
    { title: '归纳与分工', minutes: 15 },
  ],
};

export const runningTalk: readonly Step[] = [
  ['-04:20', '周敏', enter],
  ['-03:40', '唐雨', enter],
  ['-03:10', '何清', enter],
  ['-02:30', '叶青禾', enter],
  ['-02:00', '方子墨', enter],
  ['-01:30', '夏知秋', enter],
  ['-01:10', '陆远航', enter],
  ['-00:50', '苏晚晴', enter],
  ['-00:30', '常思远', enter],
  ['-00:20', '唐雨', attend('许知行', 'leave', '参加区里调度会')],
  ['00:00', '周敏', start],
  ['00:30', '周敏', say('speech', '先花五分钟回看上次定的三件事，请牵头人各说一句。')],
  [
    '01:20',
    '陆远航',
    say(
      'speech',
      '通知清理已完成：本学期发出46份，停发19份、合并11份，清单昨天发给各校核对，已收到6所学校回执。',
    ),
  ],
  ['02:10', '梁思齐', enter],
  ['02:50', '苏晚晴', say('speech', '申报办法修订稿二稿在走，“问题来源”一栏已加上，月底前征求学校意见。')],
  ['03:30', '石见川', enter],
  ['04:10', '沈一鸣', say('speech', '联系学校的名单已定7对，我和南塘镇中心小学约在下周二、周三蹲点。')],
  ['05:10', '周敏', openItem(2)],
  [
    '05:30',
    '周敏',
    say('speech', '进入第二项。请每位讲一件具体的事：本可以争取而没有争取的项目，卡在哪一步？', 'ask'),
  ],
  [
    '05:40',
    '周敏',
    prompt(
      '哪些政策、项目或支持本可争取而没有争取？卡在哪一步？',
      'Which policy, project or support could we have sought but did not, and at which step did it stop?',
    ),
  ],
  ['05:45', '周敏', pin('ask')],
  ['06:05', '叶青禾', hand],
  ['06:20', '方子墨', hand],
  ['06:30', '周敏', floor('叶青禾', 5)],
  [
    '07:30',
    '叶青禾',
    say('speech', '市里的“课堂观察”专项，我们三月就看到通知，等区里转发等到四月中旬，只剩九天，没有报成。'),
  ],
  [
    '08:40',
    '叶青禾',
    say(
      'problem',
      '专项申报等上级转发才动手：市“课堂观察”专项从公布到截止40天，学校等转发用去31天，最后放弃申报。',
      'wait',
    ),
  ],
  [
    '09:20',
    '何清',
    say('suggestion', '一室每周一看一次各级通知，当天发到教科室群里，不等正式转发。', 'weekly'),
  ],
  ['09:40', '唐雨', intoMinutes('weekly')],
  ['10:40', '叶青禾', yieldFloor],
  ['10:55', '唐雨', takeUp('wait')],
  ['11:10', '夏知秋', hand],
  [
    '11:40',
    '常思远',
    say('speech', '还有一种“靠”：年轻老师不敢报，总觉得要有名师挂名才批得下来，其实小课题从来没有这个要求。'),
  ],
  ['12:20', '温以蓝', enter],
  ['12:35', '何清', hand],
  [
    '13:00',
    '温以蓝',
    say(
      'problem',
      '乡镇学校没有人会写申报书，近三年全镇只报过1项；培训都在区里办，来回一天，课调不开。',
      'rural',
    ),
  ],
  [
    '13:40',
    '陆远航',
    say('suggestion', '申报辅导改成线上，晚上七点半，一次只讲一个样例，录像留给来不了的老师。'),
  ],
  ['14:10', '唐雨', takeUp('rural')],
  ['14:30', '石见川', hand],
  ['15:40', '周敏', floor('方子墨', 5)],
  [
    '16:30',
    '方子墨',
    say(
      'speech',
      '我对了一下近五年的立项名单：连续两年没有申报的学校有8所，不是不会，是没有人问过他们一句。',
    ),
  ],
  ['17:05', '梁思齐', say('suggestion', '这8所可以由一室、二室各认领4所，先帮他们各理出一个真问题。')],
  ['17:35', '方子墨', say('problem', '8所学校连续两年零申报，科室没有一次主动上门了解原因。', 'zero')],
];

/** Tomorrow, 15:00. */
export const PLANNED = {
  title: '第四次线上座谈会：走出去学什么、带回来什么',
  room: '破除封闭保守思想、树立开放创新意识',
  unit: '教师发展中心',
  units: ['教师发展中心', '教育信息中心', '澄溪实验学校', '北岸小学', '青禾幼儿园'],
  people: ['周敏', '苏晚晴'],
  place: '线上会议，所三楼会议室设分会场',
  plannedMinutes: 90,
  agenda: [
    { title: '外出学习小组汇报', minutes: 20 },
    { title: '哪一条可以直接搬来用', minutes: 40 },
    { title: '现有制度里的条条框框', minutes: 20 },
    { title: '归纳与分工', minutes: 10 },
  ],
};
