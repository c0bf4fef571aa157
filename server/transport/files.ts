import type { Request, Response } from 'express';
import type { Actor } from '../../shared/actor.ts';
import type { ProcedureName } from '../../shared/contract/index.ts';
import { AppError } from '../../shared/errors.ts';
import { type Dispatch, isFile } from './dispatch.ts';
import { contextOf, type HttpParts, sendFailure, type TicketContent } from './http.ts';

export interface FilesParts extends HttpParts {
  dispatch: Dispatch;
  takeTicket(secret: string): Promise<TicketContent | undefined>;
  authenticateById(tokenId: string): Promise<{ actor: Actor; tokenId: string }>;
}

/** Plain ASCII for old clients, the real name in RFC 5987's form. */
function disposition(name: string): string {
  const ascii = name.replace(/[^\w.-]/g, '_');
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`;
}

/** `GET /files/<secret>/<name>`: no cookie needed; the rights of who minted it are checked again. */
export function serveFile(parts: FilesParts) {
  return async (request: Request, response: Response) => {
    response.setHeader('cache-control', 'no-store');
    try {
      const ticket = await parts.takeTicket(String(request.params['secret']));
      if (!ticket) throw new AppError('NOT_FOUND', 'link.expired');
      const who = await parts.authenticateById(ticket.tokenId);
      const context = { ...(await contextOf(parts, request, response)), ...who };
      const name = ticket.procedure as ProcedureName;
      const file = await parts.dispatch.run(name, {
        context,
        raw: () => JSON.parse(ticket.input) as unknown,
      });
      if (!isFile(file)) throw new AppError('NOT_FOUND', 'link.unknown');
      const bytes = await file.make();
      response.setHeader('content-type', file.type);
      response.setHeader('content-disposition', disposition(file.name));
      response.end(bytes);
    } catch (error) {
      sendFailure(response, parts.dispatch.failure(error, 'files'));
    }
  };
}
