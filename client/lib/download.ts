import type { Ticket } from '../../shared/contract/answers.ts';

/** Opens a minted link. It is a plain address on purpose: embedded browsers cannot save `blob:` and need no cookie here. */
export function openTicket(ticket: Ticket): void {
  const link = document.createElement('a');
  link.href = ticket.url;
  link.download = ticket.name;
  document.body.append(link);
  link.click();
  link.remove();
}
