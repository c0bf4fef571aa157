import * as Y from 'yjs';
import { documentName, DRAFT_FIELD, ensureRow, setField, textOf } from '../../../shared/board.ts';
import { newId } from '../../../shared/ids.ts';
import type { ProblemSource, ProblemStatus } from '../../../shared/problem.ts';
import type { Documents } from '../../collab/documents.ts';

interface Row {
  /** Name of the campaign's room. */
  room: string;
  source: ProblemSource;
  sourceNote: string;
  problem: string;
  cause: string;
  units: string;
  owner: string;
  status: ProblemStatus;
}

/** What the unit had on its list before the meetings. */
export const ROWS: readonly Row[] = [
  {
    room: '破除畏难等靠情绪、树立锐意进取意识',
    source: 'survey',
    sourceNote: '问卷第3题，42人提到',
    problem: '全区薄弱学校教研组活动每月不足一次，3所学校本学期尚未开展。',
    cause: '教研组长由教务兼任，没有专门时间；科室只收计划，不看过程。',
    units: '教科研一室、教科研二室',
    owner: '何清',
    status: 'claimed',
  },
  {
    room: '破除精力分散倾向、树立聚焦发展意识',
    source: 'self',
    sourceNote: '',
    problem: '骨干教研员每周平均3.5个半天用于填报和会务，下校时间每周不足1天。',
    cause: '同一数据由三个科室分别索取；会议多由个人自行排期，无人统筹。',
    units: '所办公室',
    owner: '陆远航',
    status: 'confirmed',
  },
  {
    room: '破除大而化之习惯、树立精准发力意识',
    source: 'review',
    sourceNote: '民主评议',
    problem: '教研指导意见笼统，“加强”“进一步”类表述占七成，学校不知道从哪一步做起。',
    cause: '听课后不写课例分析，直接写意见；意见发出后没有人回访。',
    units: '教科研一室',
    owner: '',
    status: 'open',
  },
  {
    room: '破除封闭保守思想、树立开放创新意识',
    source: 'box',
    sourceNote: '意见箱第6号',
    problem: '外出学习回来只交一篇心得，近两年21次外出，没有一次做过区内分享。',
    cause: '经费审批时不问带回什么；分享没有固定的时间和场次。',
    units: '教师发展中心',
    owner: '秦牧歌',
    status: 'claimed',
  },
  {
    room: '破除急功近利心态、树立久久为功意识',
    source: 'superior',
    sourceNote: '区督导反馈',
    problem: '课堂改进项目平均不到一年就换主题，五年换了四个，学校跟不上。',
    cause: '项目跟着负责人走，没有写进三年规划；结题只看材料，不看延续。',
    units: '教科研一室、教科研二室',
    owner: '',
    status: 'escalated',
  },
];

/** What was written into rows that came out of the talk, by the mark of their message. */
export const AFTERWARDS: Readonly<Record<string, Pick<Row, 'cause' | 'units' | 'owner' | 'status'>>> = {
  weak: {
    cause: '考核只数到校次数，不看变化；教研员一人联系十一所学校，跟进不过来。',
    units: '教科研一室',
    owner: '沈一鸣',
    status: 'claimed',
  },
  apply: {
    cause: '评审看格式多、看问题少；申报通知下发晚，学校来不及从本校问题出发选题。',
    units: '教科研二室',
    owner: '苏晚晴',
    status: 'confirmed',
  },
  papers: {
    cause: '各室分头发文，无人统筹；以收材料代替检查。',
    units: '所办公室',
    owner: '陆远航',
    status: 'claimed',
  },
};

export interface Unit {
  documents: Documents;
  boardId: string;
  roomId(name: string): string;
}

export async function writeRows({ documents, boardId, roomId }: Unit, proposedOn: string): Promise<void> {
  await documents.change(documentName('list', boardId), (list) => {
    for (const { room, ...row } of ROWS)
      ensureRow(list, { rowId: newId(), topic: roomId(room), proposedOn, ...row });
  });
}

export async function completeRows(
  { documents, boardId }: Unit,
  marked: ReadonlyMap<string, string>,
): Promise<void> {
  await documents.change(documentName('list', boardId), (list) => {
    for (const [mark, { cause, ...fields }] of Object.entries(AFTERWARDS)) {
      const rowId = marked.get(mark)!;
      textOf(list, rowId, 'cause')!.insert(0, cause);
      for (const field of ['units', 'owner', 'status'] as const) setField(list, rowId, field, fields[field]);
    }
  });
}

type Block = ['h', string] | ['p', string] | ['ul' | 'ol', string[]] | ['tasks', [string, boolean][]];

const DRAFT: readonly Block[] = [
  ['h', '关于帮扶薄弱学校的讨论稿'],
  ['p', '本稿根据两次线上座谈会意见整理，供教科研一室讨论修改，尚未定稿。'],
  ['h', '一、现在的做法'],
  [
    'ul',
    [
      '骨干到校以听课、收材料为主，听完没有跟进。',
      '课题申报靠科室催，选题与学校真实问题脱节。',
      '布置工作靠发文开会，一学期通知四十六份。',
    ],
  ],
  ['h', '二、问题出在哪里'],
  [
    'p',
    '考核只数次数和份数，不看学校有没有变化；教研员联系学校过多，精力分散；学校等转发、等通知，先手丢在“等”字上。',
  ],
  ['h', '三、打算怎么做'],
  [
    'ol',
    [
      '一人联系一校，每学期蹲点四次、每次两天，每次只解决一个问题。',
      '申报书增加“问题来源”一栏，须附课堂实录或学情数据。',
      '每周一看一次各级通知，当天告知学校，不等正式转发。',
    ],
  ],
  ['h', '四、待议'],
  [
    'tasks',
    [
      ['蹲点期间不另派会议，请所办公室确认', true],
      ['零申报的八所学校由一室、二室各认领四所', false],
      ['骨干年度考核中学校评分的权重', false],
    ],
  ],
];

function element(name: string, children: (Y.XmlElement | Y.XmlText)[] = [], attributes: Attributes = {}) {
  const made = new Y.XmlElement<Attributes>(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.insert(0, children as Y.XmlElement[]);
  return made as unknown as Y.XmlElement;
}
type Attributes = Record<string, number | boolean>;

const paragraph = (text: string) => element('paragraph', [new Y.XmlText(text)]);

function blockOf(block: Block, first: boolean): Y.XmlElement {
  const [kind, content] = block;
  switch (kind) {
    case 'h':
      return element('heading', [new Y.XmlText(content)], { level: first ? 1 : 2 });
    case 'p':
      return paragraph(content);
    case 'tasks':
      return element(
        'taskList',
        content.map(([text, checked]) => element('taskItem', [paragraph(text)], { checked })),
      );
    default: {
      const items = content.map((text) => element('listItem', [paragraph(text)]));
      return kind === 'ol' ? element('orderedList', items, { start: 1 }) : element('bulletList', items);
    }
  }
}

/** The draft 讨论稿, in the shapes that the editor writes. */
export async function writeDraft({ documents, boardId }: Unit): Promise<void> {
  await documents.change(documentName('draft', boardId), (draft) => {
    const blocks = DRAFT.map((block, at) => blockOf(block, at === 0));
    draft.getXmlFragment(DRAFT_FIELD).insert(0, blocks);
  });
}
