import type { Request, Response } from 'express';
import type { ProcedureName } from '../../shared/contract/index.ts';
import { AppError, ERROR_STATUS, type Failure } from '../../shared/errors.ts';
import { failureText } from '../../shared/labels.ts';
import { type Dispatch, isFile } from './dispatch.ts';
import { contextOf, type HttpParts, sendFailure, type TicketContent } from './http.ts';

export interface FilesParts extends HttpParts {
  dispatch: Dispatch;
  takeTicket(secret: string): Promise<TicketContent | undefined>;
}

/** Plain ASCII for old clients, the real name in RFC 5987's form. */
function disposition(name: string): string {
  const ascii = name.replace(/[^\w.-]/g, '_');
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`;
}

/** A link that is wrong, too old, or whose maker may not have the file any more: whoever opens it learns the same. */
const alike = (failure: Failure): Failure =>
  ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND'].includes(failure.code)
    ? { code: 'NOT_FOUND', reason: 'link.expired' }
    : failure;

const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);

/** A person who opened the link reads sentences; when it is only too early, the page asks again by itself. */
function sendPage(response: Response, failure: Failure): void {
  const [zh, en] = [escapeHtml(failureText(failure, 'zh')), escapeHtml(failureText(failure, 'en'))];
  const again = failure.code === 'UNAVAILABLE' ? '<meta http-equiv="refresh" content="5">' : '';
  const viewport = '<meta name="viewport" content="width=device-width">';
  response
    .status(ERROR_STATUS[failure.code])
    .type('html')
    .send(
      `<!doctype html><html lang="zh-CN"><meta charset="utf-8">${viewport}${again}<title>${zh}</title><h1>${zh}</h1><p lang="en">${en}</p></html>`,
    );
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
        again: true,
        raw: () => JSON.parse(ticket.input) as unknown,
      });
      if (!isFile(file)) throw new AppError('NOT_FOUND', 'link.unknown');
      const bytes = await file.make();
      response.setHeader('content-type', file.type);
      response.setHeader('content-disposition', disposition(file.name));
      response.end(bytes);
    } catch (error) {
      const failure = alike(parts.dispatch.failure(error, 'files'));
      if (request.accepts(['json', 'html']) === 'html') sendPage(response, failure);
      else sendFailure(response, failure);
    }
  };
}
