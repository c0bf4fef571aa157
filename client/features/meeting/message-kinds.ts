import type { MessageKind } from '../../../shared/log.ts';

export const MESSAGE_KINDS: readonly MessageKind[] = ['speech', 'problem', 'suggestion', 'summary'];
