import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';

const PLACEHOLDER = /CSP_NONCE_PLACEHOLDER/g;

/** The page of this request before its nonce is put in. */
export type PageSource = (url: string) => Promise<string>;

/** No inline script without the nonce, no outside host: intranets have no internet. */
function policy(nonce: string, request: Request, https: boolean) {
  // What comes in a Host header stands in this one: nothing but a host may.
  const host = /^[\w.:[\]-]+$/.exec(request.headers.host ?? '')?.[0] ?? 'localhost';
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'", `'nonce-${nonce}'`],
        'style-src': ["'self'", `'nonce-${nonce}'`],
        'img-src': ["'self'", 'data:', 'blob:'],
        'font-src': ["'self'"],
        'manifest-src': ["'self'"],
        // Safari 15 does not count WebSockets of the same host as 'self'.
        'connect-src': ["'self'", `ws://${host}`, `wss://${host}`],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
        ...(https ? { 'upgrade-insecure-requests': [] } : {}),
      },
    },
    strictTransportSecurity: https,
    // Both would only produce warnings on plain HTTP.
    crossOriginOpenerPolicy: https,
    originAgentCluster: https,
    referrerPolicy: { policy: 'same-origin' },
  });
}

/** Security headers on every answer. */
export function secure(app: Express, https: boolean): void {
  app.disable('x-powered-by');
  app.use((request: Request, response: Response, next: NextFunction) => {
    const nonce = randomBytes(16).toString('base64');
    response.locals['nonce'] = nonce;
    policy(nonce, request, https)(request, response, next);
  });
}

/** The built pages: hashed assets for a year, index.html rendered per request with its nonce and never stored. */
export function servePages(app: Express, page: PageSource): void {
  app.use(async (request: Request, response: Response, next: NextFunction) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    // A missing picture is no page.
    if (/\.[a-z0-9]{2,5}$/i.test(request.path)) return next();
    try {
      const html = (await page(request.originalUrl)).replace(PLACEHOLDER, String(response.locals['nonce']));
      response.setHeader('cache-control', 'no-store');
      response.type('html').send(html);
    } catch (error) {
      next(error);
    }
  });
}

/** Assets and page source of a built client. Throws when it is not built. */
export function builtPages(app: Express, folder: string): PageSource {
  const index = join(folder, 'index.html');
  if (!existsSync(index)) throw new Error(`${index} is missing: run npm run build`);
  const html = readFileSync(index, 'utf8');
  app.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false }));
  app.use(express.static(folder, { index: false, maxAge: '1h' }));
  return () => Promise.resolve(html);
}
