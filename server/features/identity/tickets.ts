import { digest, newSecret } from '../../platform/secrets.ts';
import type { RecordStore } from '../../storage/port.ts';
import { type FileTicketRecord, fileTickets } from './collections.ts';
import { iso, TICKET_LIFE } from './rules.ts';

/** `input` is JSON text; `tokenId` says whose rights are checked again when the file is fetched. */
export type FileTicket = Pick<FileTicketRecord, 'procedure' | 'input' | 'tokenId' | 'name'>;

/** Addresses of single files that need no cookie, for browsers that open a link outside the app. */
export function createTickets(records: RecordStore, now: () => number) {
  async function sweep(): Promise<void> {
    const expired = await records.list(fileTickets, 'byExpiry', {}, { before: iso(now()), limit: 100 });
    for (const ticket of expired) await records.remove(fileTickets, ticket.id);
  }

  return {
    /** Good for ten minutes. */
    async mint(ticket: FileTicket): Promise<{ secret: string; expiresAt: string }> {
      await sweep();
      const secret = newSecret();
      const expiresAt = iso(now() + TICKET_LIFE);
      await records.insert(fileTickets, { ...ticket, id: digest(secret), expiresAt });
      return { secret, expiresAt };
    },
    /** Does not use it up: a phone asks twice for one file. Undefined when unknown or expired. */
    async take(secret: string): Promise<FileTicket | undefined> {
      const ticket = await records.get(fileTickets, digest(secret));
      return ticket && ticket.expiresAt > iso(now()) ? ticket : undefined;
    },
  };
}
