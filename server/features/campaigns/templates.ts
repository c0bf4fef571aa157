import type { Pair } from '../../../shared/contract/campaigns.ts';
import type { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import { codePoints } from '../../../shared/code-points.ts';
import type { RoomDraft, Template } from './template.ts';
import { bapobali } from './template-bapobali.ts';
import { ganchao } from './template-ganchao.ts';

type Pair = z.infer<typeof Pair>;

/** n破n立: the user's own pairs. */
const pairs: Template = {
  templateId: 'pairs',
  zh: 'n破n立（自拟）',
  en: 'Pairs of your own',
  phases: [],
  rooms: [],
};

export const TEMPLATES: readonly Template[] = [bapobali, ganchao, pairs];

const invalid = (path: string, reason: string) =>
  new AppError('INVALID_INPUT', 'input.invalid', { fields: [{ path, reason }] });

function roomOf(pair: Pair, i: number): RoomDraft {
  const sides = [pair.break.trim(), pair.build.trim()];
  const name = sides.filter((side) => side !== '').join('、');
  if (name === '') throw invalid(`pairs.${i}`, 'text.empty');
  if (codePoints(name) > 120) throw invalid(`pairs.${i}`, 'text.long');
  return { kind: 'pair', name, break: sides[0]!, build: sides[1]!, prompts: [] };
}

/** The template and the rooms it makes. INVALID_INPUT for an unknown one, and for pairs where none belong or none are. */
export function chooseTemplate(templateId: string, own: readonly Pair[] = []): Template {
  const template = TEMPLATES.find((each) => each.templateId === templateId);
  if (!template) throw invalid('templateId', 'template.unknown');
  if (template !== pairs) {
    if (own.length > 0) throw invalid('pairs', 'pairs.fixed');
    return template;
  }
  if (own.length === 0) throw invalid('pairs', 'text.empty');
  return { ...pairs, rooms: own.map(roomOf) };
}
