import type { IncomingMessage } from 'node:http';
import { closeCode, type Failure } from '../../shared/errors.ts';
import { PROTOCOL_VERSION } from '../../shared/version.ts';
import { DOCUMENT_REPLACED } from '../../shared/live-line.ts';
import type { DocSocket, Reader } from '../platform/doc-socket.ts';
import type { Seats } from './seats.ts';

const DOCUMENT = /^[\w.-]{1,200}$/;

/** The largest frame of a live document, on every carrier. */
export const MAX_PAYLOAD = 2 * 1024 * 1024;

/** What every carrier of live documents asks before it lets a socket in. */
export interface DoorParts {
  /** Who asks for this document; undefined for nobody we know. */
  authenticate(request: IncomingMessage, doc: string): Promise<Reader | undefined>;
  documents: { connect(socket: DocSocket, doc: string, who: Reader): void };
  /** Open documents of each person. */
  seats: Seats;
  allowedOrigin(request: IncomingMessage): boolean;
  /** Hears of who was turned away because of who it is or where it comes from. */
  onRefused(request: IncomingMessage, failure: Failure): void;
  log: { warn(facts: object, message: string): void };
}

/** Who it is, or the code to close with. `version` is null for stock clients, which name none. */
export async function decide(
  parts: DoorParts,
  request: IncomingMessage,
  version: string | null,
  doc: string,
): Promise<Reader | number> {
  try {
    if (!parts.allowedOrigin(request)) {
      parts.onRefused(request, { code: 'FORBIDDEN', reason: 'origin.foreign' });
      return closeCode('FORBIDDEN');
    }
    if (version !== null && version !== String(PROTOCOL_VERSION)) return closeCode('OUTDATED');
    if (!DOCUMENT.test(doc)) return closeCode('NOT_FOUND');
    const who = await parts.authenticate(request, doc);
    if (!who) parts.onRefused(request, { code: 'UNAUTHENTICATED', reason: 'sign.in' });
    return who ?? closeCode('UNAUTHENTICATED');
  } catch (error) {
    parts.log.warn({ err: error }, 'nobody could be identified at the door of a document');
    return closeCode('UNAVAILABLE');
  }
}

/** Lets somebody into a document, and an older socket of too many go. */
export function connect({ seats, documents }: DoorParts, socket: DocSocket, doc: string, who: Reader): void {
  const { personId, tokenId = '' } = who;
  socket.onClose(seats.enter({ personId, tokenId }, () => socket.close(DOCUMENT_REPLACED, 'replaced')));
  documents.connect(socket, doc, who);
}
