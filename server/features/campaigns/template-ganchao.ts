import type { Template } from './template.ts';

/** 解放思想 赶超发展: six work areas, each with a lane for weak points and one for measures. */
export const ganchao: Template = {
  templateId: 'ganchao-2017',
  zh: '解放思想 赶超发展',
  en: 'Free the mind, catch up and overtake',
  phases: [
    {
      name: '（一）学习宣传、调查研究阶段',
      dates: '9月上旬',
      work: '宣传发动；深入调研（人大代表、政协委员、村两委干部）；学习研讨（辅导报告、外出考察对标）',
      deliverables: '方案、动员会、调研报告、学习记录',
    },
    {
      name: '（二）梳理短板 讨论汇总阶段',
      dates: '9月中下旬',
      work: '全员参与（四类人员分层设题）；围绕六项工作讨论；“时间、内容、措施”三落实',
      deliverables: '讨论记录、短板清单、整改措施及计划；10月5日前归档装订成册上报',
    },
    {
      name: '（三）整改问题 总结提升阶段',
      dates: '10月中上旬',
      work: '整改到位（责任领导、责任科室、限时）；形成常态；培树典型',
      deliverables: '整改情况公布、制度汇编、典型材料；10月20日前金点子（纸质盖章＋电子版）',
    },
  ],
  rooms: [
    {
      kind: 'area',
      name: '教育投融资渠道创新',
      break: '短板及原因',
      build: '建议和对策',
      prompts: [
        {
          side: 'break',
          zh: '经费主要缺在哪里？哪类支出长期不足，原因是什么？',
          en: 'Where is money short, which spending is chronically too low, and why?',
        },
        {
          side: 'build',
          zh: '有哪些合法合规的新渠道（专项申报、社会捐赠、校企合作）可以争取？由谁对接？',
          en: 'Which lawful new channels could be won, and who makes contact?',
        },
      ],
    },
    {
      kind: 'area',
      name: '城乡教育均衡发展',
      break: '短板及原因',
      build: '建议和对策',
      prompts: [
        {
          side: 'break',
          zh: '城区与农村学校差距最大的是师资、设施还是课程？用什么数据说明？',
          en: 'Is the largest gap in teachers, facilities or courses, and which data show it?',
        },
        {
          side: 'build',
          zh: '交流轮岗、集团化办学、共享课程，哪一项最先能做？需要什么条件？',
          en: 'Rotation, school groups or shared courses: which can start first and what does it need?',
        },
      ],
    },
    {
      kind: 'area',
      name: '教师队伍建设',
      break: '短板及原因',
      build: '建议和对策',
      prompts: [
        {
          side: 'break',
          zh: '哪些学科、年龄段最缺人？骨干流失的真实原因是什么？',
          en: 'Which subjects and ages lack people, and why do key teachers leave?',
        },
        {
          side: 'build',
          zh: '培训、评价、激励各提一条本学期就能执行的办法。',
          en: 'One workable measure each for training, appraisal and motivation this term.',
        },
      ],
    },
    {
      kind: 'area',
      name: '教学质量提升',
      break: '短板及原因',
      build: '建议和对策',
      prompts: [
        {
          side: 'break',
          zh: '对照赶超标杆，薄弱学科和薄弱环节在哪里？',
          en: 'Against the benchmark, where are the weak subjects and steps?',
        },
        {
          side: 'build',
          zh: '本学期可以启动哪一项改进，怎样检验效果？',
          en: 'Which improvement can start this term, and how is it checked?',
        },
      ],
    },
    {
      kind: 'area',
      name: '校园文化打造',
      break: '短板及原因',
      build: '建议和对策',
      prompts: [
        {
          side: 'break',
          zh: '师生认同我们的校园文化吗？哪些活动流于形式？',
          en: 'Do staff and pupils own our culture, and which activities are mere form?',
        },
        {
          side: 'build',
          zh: '怎样形成本校特色并坚持三年以上？',
          en: 'How do we shape our own character and keep it for three years?',
        },
      ],
    },
    {
      kind: 'area',
      name: '课堂教学改革',
      break: '短板及原因',
      build: '建议和对策',
      prompts: [
        {
          side: 'break',
          zh: '课堂里还有哪些“满堂灌”？推进改革的阻力来自哪里？',
          en: 'Where is lecturing still the rule, and what resists reform?',
        },
        {
          side: 'build',
          zh: '选哪个年级、哪个学科先试，需要学校给什么支持？',
          en: 'Which grade and subject pilots first, and what support is needed?',
        },
      ],
    },
  ],
};
