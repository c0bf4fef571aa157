import type { MinutesView } from '../../../shared/contract/minutes.ts';
import type { MinutesRecord } from './collections.ts';

/** What was taken out, or chosen on the way, is nobody's affair once the text is final. */
export function viewOf(record: MinutesRecord): MinutesView {
  const { id, version, campaignId, title, paragraphs, upTo, sealed, rules, rulesBefore } = record;
  const { speeches, choice, removed = [] } = record;
  const view = { sessionId: id, version, campaignId, title, paragraphs, upTo, ...(rules && { rules }) };
  if (sealed) return { ...view, sealed };
  const worded = removed.filter(({ paragraph }) => paragraph.composed !== '' || paragraph.edited);
  return {
    ...view,
    ...(rulesBefore && { rulesBefore }),
    ...(speeches && { speeches: { ...speeches, chosen: choice !== undefined } }),
    ...(worded.length > 0 && { removed: worded }),
  };
}
