import type { MinutesView, Paragraph } from '../../../shared/contract/minutes.ts';
import type { Block, Report } from './report.ts';

const textOf = (paragraph: Paragraph): string => paragraph.edited?.text ?? paragraph.composed;

function blockOf(paragraph: Paragraph): Block {
  const text = textOf(paragraph);
  if (paragraph.kind === 'heading') return { kind: 'heading', level: 1, text };
  if (paragraph.kind === 'subheading') return { kind: 'heading', level: 2, text };
  return { kind: 'paragraph', text };
}

/** Minutes as a report: a draft until they are sealed, dated by the seal so that sealed minutes give the same bytes again. */
export function minutesReport(view: MinutesView, madeAt: string): Report {
  const facts = view.paragraphs.filter((each) => each.kind === 'fact');
  const body = view.paragraphs.filter((each) => each.kind !== 'fact' && textOf(each) !== '');
  return {
    kind: 'minutes',
    title: '会议纪要',
    subject: view.title,
    facts: facts.map((each) => ({ label: each.label, text: textOf(each) })),
    blocks: body.map(blockOf),
    ...(view.sealed ? { footNote: `定稿校验码（SHA-256）：${view.sealed.sha256}` } : {}),
    draft: view.sealed === undefined,
    made: view.sealed?.at ?? madeAt,
    language: 'zh',
  };
}
