import { crc32 } from 'node:zlib';

/**
 * The checksum of what is stored under a name: a row that is found under another name is wrong too. CRC-32 finds what a disk, a cable
 * or a hand in the file does; it is no defence against somebody who computes it anew.
 * The content comes first: of no bytes at all zlib says 0, whatever came before.
 */
export const sumOf = (name: string, content: string | Uint8Array): number => crc32(name, crc32(content));
