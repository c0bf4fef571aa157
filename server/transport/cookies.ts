import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Installation, isHttps, type Site } from './request.ts';

/** As all installations called them before their names carried the installation: still read, and exchanged. */
const OLD_TOKEN = 'poli';
const OLD_DEVICE = 'poli_device';
const DEVICE_SECONDS = 400 * 86400;
/** The longest life of a token. */
const EXCHANGED_SECONDS = 180 * 86400;
/** Browsers let nobody but this very host set a cookie of that name, over https only. */
const HOST = '__Host-';
const DEVICE_ID = /^[\w-]{20,60}$/;
/** 132 bits of the signature. */
const MARK_LENGTH = 22;

export const tokenName = ({ id }: Installation): string => `poli_${id}`;
const deviceName = ({ id }: Installation): string => `poli_device_${id}`;

export function readCookies(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0) cookies.set(part.slice(0, at).trim(), part.slice(at + 1).trim());
  }
  return cookies;
}

/** A Set-Cookie value: HttpOnly, SameSite=Lax, Secure only where the site is https. */
export function cookie(name: string, value: string, seconds: number, secure: boolean): string {
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure ? '; Secure' : ''}`;
}

const nameNow = (name: string, secure: boolean): string => (secure ? `${HOST}${name}` : name);

interface Found {
  name: string;
  value: string;
}

/** The first of these cookies that the browser brings. */
function firstOf(request: IncomingMessage, names: readonly string[]): Found | undefined {
  const cookies = readCookies(request.headers.cookie);
  for (const name of names) {
    const value = cookies.get(name);
    if (value !== undefined && value !== '') return { name, value };
  }
  return undefined;
}

/** Under its name of today; as it was called before the site had https; as all installations called it. */
const tokenFound = (site: Site, request: IncomingMessage): Found | undefined => {
  const name = tokenName(site.installation);
  return firstOf(request, [...(isHttps(site, request) ? [HOST + name] : []), name, OLD_TOKEN]);
};

export const tokenOf = (site: Site, request: IncomingMessage): string | undefined =>
  tokenFound(site, request)?.value;

export function tokenCookie(site: Site, request: IncomingMessage, value: string, seconds: number): string {
  const secure = isHttps(site, request);
  return cookie(nameNow(tokenName(site.installation), secure), value, seconds, secure);
}

/**
 * What exchanges an identity under an older name for the same under today's: nobody is signed out. For a token that this installation
 * knows only; another one on this host may have set `poli` too. The cookie may outlive its token, which then is nobody's.
 */
export function exchanged(site: Site, request: IncomingMessage): readonly string[] {
  const found = tokenFound(site, request);
  const secure = isHttps(site, request);
  if (!found || found.name === nameNow(tokenName(site.installation), secure)) return [];
  return [tokenCookie(site, request, found.value, EXCHANGED_SECONDS), cookie(found.name, '', 0, secure)];
}

const markOf = ({ key }: Installation, id: string): string =>
  createHmac('sha256', key).update(id).digest('base64url').slice(0, MARK_LENGTH);

/** The id in a signed value; undefined for one that somebody made up. */
function signedId(installation: Installation, value: string): string | undefined {
  const at = value.lastIndexOf('.');
  const [id, mark] = [value.slice(0, at), value.slice(at + 1)];
  if (!DEVICE_ID.test(id) || mark.length !== MARK_LENGTH) return undefined;
  const [given, right] = [Buffer.from(mark), Buffer.from(markOf(installation, id))];
  return given.length === right.length && timingSafeEqual(given, right) ? id : undefined;
}

export interface Browser {
  /** Random id of the browser; '' when it brought none. */
  device: string;
  /** The id bears our signature: it was given out here, and not made up to be somebody new at each call. */
  issued: boolean;
  /** The cookie to set when it had none of today's. */
  fresh?: string;
}

/** The browser's own random id. One of an older program is kept and signed; until it comes back so it counts as made up. */
export function deviceOf(site: Site, request: IncomingMessage): Browser {
  const { installation } = site;
  const secure = isHttps(site, request);
  const name = deviceName(installation);
  const setting = (id: string) =>
    cookie(nameNow(name, secure), `${id}.${markOf(installation, id)}`, DEVICE_SECONDS, secure);
  const found = firstOf(request, [nameNow(name, secure), name]);
  const own = found && signedId(installation, found.value);
  if (own !== undefined) {
    const today = found?.name === nameNow(name, secure);
    return { device: own, issued: true, ...(today ? {} : { fresh: setting(own) }) };
  }
  const old = firstOf(request, [OLD_DEVICE])?.value;
  if (old !== undefined && DEVICE_ID.test(old)) return { device: old, issued: false, fresh: setting(old) };
  return { device: '', issued: false, fresh: setting(randomBytes(18).toString('base64url')) };
}
