import { linkOrigin } from '../../lib/origin.ts';

/** Where a participant's phone goes. */
export function joinUrl(code: string, origin: string = linkOrigin()): string {
  return `${origin}/j/${code}`;
}

/** True for links that mean this very machine: a QR code with one is useless to every phone. */
export function isOwnMachine(url: string): boolean {
  return /^https?:\/\/(localhost|127(\.\d+){3}|\[::1\])(:|\/|$)/.test(url);
}

/** 482 913: how people read a code to each other. */
export function spacedCode(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}
