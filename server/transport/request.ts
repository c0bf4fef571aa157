import type { IncomingMessage } from 'node:http';
import { networkInterfaces } from 'node:os';

/**
 * Which installation this is. Cookies belong to a host and not to a port, so their names carry its id: two installations on one
 * computer do not take each other's. `key` signs the browsers' own ids; it opens nothing.
 */
export interface Installation {
  /** Eight letters or digits. */
  readonly id: string;
  readonly key: string;
}

/** What the network side needs to know of the configuration. */
export interface Site {
  publicUrl: string | undefined;
  trustProxy: boolean;
  /** Whether other machines can reach this one: it does not listen on the loopback address only. */
  open: boolean;
  /** The port in use, known once the server listens. */
  port(): number;
  installation: Installation;
}

export const isHttps = (site: Site, request: IncomingMessage): boolean =>
  site.publicUrl?.startsWith('https:') ??
  (site.trustProxy && request.headers['x-forwarded-proto'] === 'https');

function first(header: string | string[] | undefined): string | undefined {
  const value = Array.isArray(header) ? header[0] : header;
  return value?.split(',')[0]?.trim();
}

/** Behind a proxy the last address of the list: the proxy wrote it, what stands before it the client may have made up. */
export function addressOf(site: Site, request: IncomingMessage): string {
  const header = site.trustProxy ? request.headers['x-forwarded-for'] : undefined;
  const forwarded = (Array.isArray(header) ? header.at(-1) : header)?.split(',').at(-1)?.trim();
  return forwarded || (request.socket.remoteAddress ?? '');
}

function hostOf(site: Site, request: IncomingMessage): string {
  const forwarded = site.trustProxy ? first(request.headers['x-forwarded-host']) : undefined;
  return forwarded ?? request.headers.host ?? '';
}

/** Addresses of this machine that a phone on the same network can open. */
export function lanAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return all.filter((each) => each.family === 'IPv4' && !each.internal).map((each) => each.address);
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/;

/** Where links and QR codes point to: PUBLIC_URL, else the request's host, else (a loopback host) the first LAN address. */
export function originOf(site: Site, request: IncomingMessage): string {
  if (site.publicUrl !== undefined) return site.publicUrl;
  const host = hostOf(site, request);
  const scheme = isHttps(site, request) ? 'https' : 'http';
  if (host !== '' && !LOOPBACK.test(host)) return `${scheme}://${host}`;
  const lan = site.open ? lanAddresses()[0] : undefined;
  return lan === undefined
    ? `${scheme}://${host || `localhost:${site.port()}`}`
    : `http://${lan}:${site.port()}`;
}

/** A request of another site is refused: its Origin must be the request's host or PUBLIC_URL; none is allowed. */
export function sameOrigin(site: Site, request: IncomingMessage): boolean {
  const origin = request.headers.origin;
  if (origin === undefined) return true;
  try {
    if (site.publicUrl !== undefined && origin === new URL(site.publicUrl).origin) return true;
    return new URL(origin).host === hostOf(site, request);
  } catch {
    return false;
  }
}
