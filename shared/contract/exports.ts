import { z } from 'zod';
import { Id } from '../fields.ts';
import { download } from '../procedure.ts';
import { Ticket } from './answers.ts';

export const exports = {
  minutes: download(
    'POST /sessions/:sessionId/minutes/files',
    z.object({ sessionId: Id, format: z.enum(['docx', 'pdf', 'md']) }),
    Ticket,
    {
      audit: {
        verb: 'export',
        kind: 'minutes',
        object: ({ sessionId, format }) => ({ id: sessionId, detail: format }),
      },
    },
  ),
  /** 会议记录: everything of an ended meeting in its order. */
  record: download(
    'POST /sessions/:sessionId/record/files',
    z.object({ sessionId: Id, format: z.enum(['docx', 'md']) }),
    Ticket,
    {
      audit: {
        verb: 'export',
        kind: 'record',
        object: ({ sessionId, format }) => ({ id: sessionId, detail: format }),
      },
    },
  ),
  list: download('POST /boards/:boardId/files', z.object({ boardId: Id, format: z.enum(['xlsx']) }), Ticket, {
    audit: {
      verb: 'export',
      kind: 'problem-list',
      object: ({ boardId, format }) => ({ id: boardId, detail: format }),
    },
  }),
  /** WRONG_STATE `draft.empty` when nothing is written in it. */
  draft: download(
    'POST /boards/:boardId/draft/files',
    z.object({ boardId: Id, format: z.enum(['docx']) }),
    Ticket,
    {
      audit: {
        verb: 'export',
        kind: 'draft',
        object: ({ boardId, format }) => ({ id: boardId, detail: format }),
      },
    },
  ),
};
