import type { PhaseRow } from '../../../shared/contract/campaigns.ts';
import type { Prompt } from '../../../shared/contract/rooms.ts';
import type { RoomKind } from '../../../shared/topic.ts';
import type { z } from 'zod';

/** A room before it has an id. */
export interface RoomDraft {
  kind: RoomKind;
  name: string;
  break: string;
  build: string;
  prompts: z.infer<typeof Prompt>[];
}

export interface Template {
  templateId: string;
  zh: string;
  en: string;
  phases: z.infer<typeof PhaseRow>[];
  rooms: RoomDraft[];
}
