import type { MinutesView, Paragraph } from '../../../shared/contract/minutes.ts';
import { numbersOf, printedText } from '../../../shared/numbering.ts';
import type { Block, Report } from './report.ts';

function blockOf(paragraph: Paragraph, number: string): Block {
  const text = `${number}${printedText(paragraph)}`;
  if (paragraph.kind === 'heading') return { kind: 'heading', level: 1, text };
  if (paragraph.kind === 'subheading') return { kind: 'heading', level: 2, text };
  return { kind: 'paragraph', text };
}

/** Minutes as a report: a draft until they are sealed, dated by the seal so that sealed minutes give the same bytes again. */
export function minutesReport(view: MinutesView, madeAt: string): Report {
  const facts = view.paragraphs.filter((each) => each.kind === 'fact');
  const body = view.paragraphs.filter((each) => each.kind !== 'fact');
  const numbers = numbersOf(body);
  return {
    kind: 'minutes',
    title: '会议纪要',
    subject: view.title,
    facts: facts.map((each) => ({ label: each.label, text: printedText(each) })),
    blocks: body.map((each, at) => blockOf(each, numbers[at] ?? '')),
    ...(view.sealed ? { footNote: `定稿校验码（SHA-256）：${view.sealed.sha256}` } : {}),
    draft: view.sealed === undefined,
    made: view.sealed?.at ?? madeAt,
    language: 'zh',
  };
}
