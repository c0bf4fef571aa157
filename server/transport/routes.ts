import type { Express } from 'express';
import { serveFile } from './files.ts';
import { createApi, lastWord, sendFailure } from './http.ts';
import { tokenName } from './cookies.ts';
import { metricsFor } from './metrics-door.ts';
import { openApi } from './openapi.ts';
import { type PageSource, secure, servePages } from './static.ts';

export interface RouteParts {
  /** The site is reached by https, so that browsers may be told to insist on it. */
  https: boolean;
  bootId: string;
  /** Storage answers and the server is not about to stop. */
  ready(): Promise<boolean>;
  /** On this port too, for who brings the token. */
  metrics: { token: string | undefined; text(): Promise<string> };
  api: Parameters<typeof createApi>[0];
  files: Parameters<typeof serveFile>[0];
  /** May put routes of its own before the pages. */
  pages(): Promise<PageSource> | PageSource;
}

/** Health, metrics, the API, files and pages, in the order in which they are asked. */
export async function serveRoutes(app: Express, parts: RouteParts): Promise<void> {
  // Hundreds of schemas: made once, when first asked for.
  let document: string | undefined;
  secure(app, parts.https);
  app.get('/healthz', (_request, response) => void response.json({ up: true, boot: parts.bootId }));
  app.get('/readyz', async (_request, response) => {
    const ready = await parts.ready();
    response.status(ready ? 200 : 503).json({ ready });
  });
  const { token, text } = parts.metrics;
  if (token !== undefined) app.get('/metrics', metricsFor(token, text));
  app.get('/api/openapi.json', (_request, response) => {
    document ??= JSON.stringify(openApi(tokenName(parts.api.site.installation)));
    response.type('json').send(document);
  });
  app.use('/api', createApi(parts.api));
  app.get('/files/:secret/:name', serveFile(parts.files));
  servePages(app, await parts.pages());
  app.use((_request, response) => sendFailure(response, { code: 'NOT_FOUND', reason: 'page.unknown' }));
  app.use(lastWord(parts.api));
}
