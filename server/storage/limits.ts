import { AppError } from '../../shared/errors.ts';

/** Most bytes of one blob: 64 MiB. */
export const MOST_BLOB = 64 * 1024 * 1024;

/** False for text with a lone surrogate, which UTF-8 cannot carry. */
export const wellFormed = (text: string) => !/\p{Cs}/u.test(text);

const nameable = (name: string) =>
  name !== '' && name.length <= 300 && !name.includes('\0') && wellFormed(name);

/** INVALID_INPUT unless the name is 1–300 code units without NUL or lone surrogates. */
export function checkDocumentName(doc: string): void {
  if (!nameable(doc)) throw new AppError('INVALID_INPUT', 'document.name');
}

/** INVALID_INPUT for such an id, TOO_LARGE above 64 MiB. */
export function checkBlob(id: string, bytes: Uint8Array): void {
  if (!nameable(id)) throw new AppError('INVALID_INPUT', 'blob.id');
  if (bytes.byteLength > MOST_BLOB)
    throw new AppError('TOO_LARGE', 'blob.large', { facts: { max: MOST_BLOB } });
}
