import { createHash, hash, randomBytes } from 'node:crypto';

/** 32 random bytes as base64url, 43 characters: the secret part of cookies and links. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** SHA-256 in hex. Secrets are stored as their digest, so that a stolen backup opens nothing. */
export const digest = (text: string): string => hash('sha256', text, 'hex');

/** A UUID (version 8) that is the same for the same parts: whoever repeats a step makes the same thing, not a second one. */
export function derivedId(...parts: readonly (string | number)[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest();
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
