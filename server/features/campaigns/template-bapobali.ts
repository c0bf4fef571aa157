import type { Template } from './template.ts';

/** 八破八立: eight pairs with three questions each. Dates without a year: another campaign has its own. */
export const bapobali: Template = {
  templateId: 'bapobali-2015',
  zh: '八破八立',
  en: 'Eight breaks and eight builds',
  phases: [
    {
      name: '（一）广泛动员，深入学习',
      dates: '10月下旬—11月中旬',
      work: '动员大会、学习文件、看录像、专题辅导、专题考察；对标；集中学习不少于3天',
      deliverables: '方案、动员会记录、学习记录（学时）、对标报告',
    },
    {
      name: '（二）敞开大门，征求意见',
      dates: '11月下旬—12月中旬',
      work: '民主评议、座谈会、寄发信函、调查问卷、意见箱；“我为本单位发展献良策”',
      deliverables: '意见汇总表、问卷统计、测评结果、座谈会纪要',
    },
    {
      name: '（三）查摆问题，深入研讨',
      dates: '12月下旬—次年2月底',
      work: '2—3次解放思想大讨论研讨；建立《问题清单》和《整改清单》，公开公示；专题民主生活会',
      deliverables: '问题清单、整改清单、公示稿、研讨纪要',
    },
    {
      name: '（四）坚持边讨论边整改',
      dates: '次年3月—6月',
      work: '整改方案，明确牵头领导、责任单位、整改时限；即知即改、立行立改；中心组学习、专题研讨、座谈交流',
      deliverables: '整改台账、制度成果、实践成果、作风成果、总结',
    },
  ],
  rooms: [
    {
      kind: 'pair',
      name: '破除畏难等靠情绪、树立锐意进取意识',
      break: '破除畏难等靠情绪',
      build: '树立锐意进取意识',
      prompts: [
        {
          side: 'break',
          zh: '面对当前的机遇，我们在哪些事上还在“等”和“靠”？请举一件具体的事。',
          en: "Facing today's opportunities, where are we still waiting or leaning on others? Name one concrete case.",
        },
        {
          side: 'break',
          zh: '哪些政策、项目或支持本可争取而没有争取？卡在哪一步？',
          en: 'Which policy, project or support could we have sought but did not, and at which step did it stop?',
        },
        {
          side: 'build',
          zh: '下一步由谁牵头、在什么时间前主动对接？',
          en: 'Who takes the lead next, and by when?',
        },
      ],
    },
    {
      kind: 'pair',
      name: '破除精力分散倾向、树立聚焦发展意识',
      break: '破除精力分散倾向',
      build: '树立聚焦发展意识',
      prompts: [
        {
          side: 'break',
          zh: '近一个月哪些事务占用了精力，却与中心工作关系不大？',
          en: 'In the past month, which tasks took energy but hardly served the main work?',
        },
        {
          side: 'break',
          zh: '与标杆单位相比，差距最大的一项指标是什么？',
          en: 'Compared with the benchmark unit, on which indicator is our gap the widest?',
        },
        {
          side: 'build',
          zh: '如果只能集中力量办成三件事，应当是哪三件？',
          en: 'If we could finish only three things, which should they be?',
        },
      ],
    },
    {
      kind: 'pair',
      name: '破除资源依赖定势、树立转型发展意识',
      break: '破除资源依赖定势',
      build: '树立转型发展意识',
      prompts: [
        {
          side: 'break',
          zh: '哪些工作还在沿用老办法？为什么改不动？',
          en: 'Which work still follows the old way, and why does it not change?',
        },
        {
          side: 'build',
          zh: '在不增加人、财、物的前提下，可以换一种什么做法？',
          en: 'Without more people, money or equipment, what could be done differently?',
        },
        {
          side: 'build',
          zh: '有哪些先进做法值得试点？在哪里试、怎样评价？',
          en: 'Which proven practice should be piloted, where, and how would it be judged?',
        },
      ],
    },
    {
      kind: 'pair',
      name: '破除无所作为状态、树立勇于担当意识',
      break: '破除无所作为状态',
      build: '树立勇于担当意识',
      prompts: [
        {
          side: 'break',
          zh: '哪些问题大家都知道却没人认领？是职责不清、怕担责还是缺权限？',
          en: 'Which problems does everyone know but nobody owns: unclear duty, fear of blame, or no authority?',
        },
        {
          side: 'build',
          zh: '在法律和政策允许的范围内，我们可以先走哪一步？',
          en: 'Within law and policy, which step can we take first?',
        },
        {
          side: 'build',
          zh: '干事的人需要怎样的容错和支持？',
          en: 'What tolerance of error and support do those who act need?',
        },
      ],
    },
    {
      kind: 'pair',
      name: '破除大而化之习惯、树立精准发力意识',
      break: '破除大而化之习惯',
      build: '树立精准发力意识',
      prompts: [
        {
          side: 'break',
          zh: '近期哪项工作停留在发文、开会？效果怎样核验？',
          en: 'Which recent task stopped at papers and meetings, and how can its effect be verified?',
        },
        {
          side: 'both',
          zh: '请把一个笼统的问题改写成具体问题：谁、何时、何地、影响多大？',
          en: 'Rewrite one vague problem as a specific one: who, when, where, how large?',
        },
        {
          side: 'build',
          zh: '对应措施能否写明责任单位、完成时限和衡量标准？',
          en: 'Can its measure name the responsible unit, the deadline and the yardstick?',
        },
      ],
    },
    {
      kind: 'pair',
      name: '破除封闭保守思想、树立开放创新意识',
      break: '破除封闭保守思想',
      build: '树立开放创新意识',
      prompts: [
        {
          side: 'build',
          zh: '我们最应当向谁学、学什么？哪一条可以直接搬来用？',
          en: 'From whom should we learn, and what could be adopted as is?',
        },
        {
          side: 'build',
          zh: '哪些环节可以对外合作、共享资源？',
          en: 'Where could we cooperate outward or share resources?',
        },
        {
          side: 'break',
          zh: '现有制度中有哪些条条框框妨碍开放和创新？',
          en: 'Which existing rules stand in the way of openness and innovation?',
        },
      ],
    },
    {
      kind: 'pair',
      name: '破除计划经济思维、树立市场经济意识',
      break: '破除计划经济思维',
      build: '树立市场经济意识',
      prompts: [
        {
          side: 'break',
          zh: '服务对象真正需要什么？我们是怎样知道的？',
          en: 'What do those we serve really need, and how do we know?',
        },
        {
          side: 'build',
          zh: '哪些管理方式可以改为服务方式？',
          en: 'Which ways of controlling could become ways of serving?',
        },
        {
          side: 'build',
          zh: '哪些事项可以交给社会、市场或基层自主？',
          en: 'Which matters could be left to society, the market or the grass roots?',
        },
      ],
    },
    {
      kind: 'pair',
      name: '破除急功近利心态、树立久久为功意识',
      break: '破除急功近利心态',
      build: '树立久久为功意识',
      prompts: [
        {
          side: 'break',
          zh: '近几年哪些工作“换一任、换一套”？损失是什么？',
          en: 'Which work was restarted with each change of leader, and what was lost?',
        },
        {
          side: 'build',
          zh: '哪些事需要三到五年见效，现在应固化成什么制度？',
          en: 'What needs three to five years, and which rule should secure it now?',
        },
        {
          side: 'build',
          zh: '大讨论结束后，哪些整改列为“长期坚持”，怎样防止反弹？',
          en: 'After the campaign, which items stay as long-term duties, and how do we prevent relapse?',
        },
      ],
    },
  ],
};
