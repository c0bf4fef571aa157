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
    room: '破除畏难等靠情绪、树立锐意进取意识',
    source: 'self',
    sourceNote: '',
    problem: '近三年市级以上专项共37项，本所主动对接的11项，其余都是等学校自己来问。',
    cause: '没有专人看通知；报不上怕影响考核，不报没有人问。',
    units: '教科研一室',
    owner: '陆远航',
    status: 'confirmed',
  },
  {
    room: '破除畏难等靠情绪、树立锐意进取意识',
    source: 'review',
    sourceNote: '民主评议',
    problem: '连续三年计划与邻区共建名师工作室，至今没有一次登门，一直在等对方来函。',
    cause: '怕对方不答应，谁也不愿先开口；牵头单位没有定。',
    units: '教科研一室、教师发展中心',
    owner: '',
    status: 'open',
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

type Completion = Readonly<Record<string, Pick<Row, 'cause' | 'units' | 'owner' | 'status'>>>;

/** What was written into rows that came out of the talk, by the mark of their message. */
export const AFTERWARDS: Completion = {
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

/** Only one row so far. */
export const WHILE_IT_GOES_ON: Completion = {
  wait: {
    cause: '通知逐级转发，每级停留一周以上；学校习惯以收到正式转发为准。',
    units: '教科研一室',
    owner: '何清',
    status: 'open',
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
  completion: Completion,
): Promise<void> {
  await documents.change(documentName('list', boardId), (list) => {
    for (const [mark, { cause, ...fields }] of Object.entries(completion)) {
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
