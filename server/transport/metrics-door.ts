import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { digest } from '../platform/secrets.ts';

const TYPE = 'text/plain; version=0.0.4; charset=utf-8';
const LOOPBACK = '127.0.0.1';

export interface MetricsDoor {
  /** The port in use. */
  port: number;
  close(): Promise<void>;
}

/** Both sides as digests, so that how long it takes to compare says nothing of the token. */
const brings = (request: IncomingMessage, token: string): boolean =>
  digest(request.headers.authorization ?? '') === digest(`Bearer ${token}`);

/** `/metrics` on the public port, for who brings the token; for all others it is a page like any that is not there. */
export function metricsFor(token: string, text: () => Promise<string>): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    if (!brings(request, token)) return next();
    text().then((body) => response.setHeader('cache-control', 'no-store').type(TYPE).send(body), next);
  };
}

/** `/metrics` on a port of its own, which only this machine can reach. */
export async function listenForMetrics(port: number, text: () => Promise<string>): Promise<MetricsDoor> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end();
    text().then(
      (body) => response.writeHead(200, { 'content-type': TYPE }).end(body),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, LOOPBACK, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
