import type { Ticket } from '../../shared/contract/answers.ts';
import { AppError } from '../../shared/errors.ts';

const AGAIN_MS = 3_000;
const MOST_TIMES = 100;

/** Opens a minted link. It is a plain address on purpose: embedded browsers cannot save `blob:` and need no cookie here. */
export function openTicket(ticket: Ticket): void {
  const link = document.createElement('a');
  link.href = ticket.url;
  link.download = ticket.name;
  document.body.append(link);
  link.click();
  link.remove();
}

const isBusy = (error: unknown): error is AppError =>
  error instanceof AppError && error.failure.reason === 'work.busy';

/**
 * Asks for a file's link. While the server makes too many other files it asks again every 3 s, for five minutes; `onWait` is
 * called once, so that the person can be told.
 */
export async function askForFile(
  ask: () => Promise<Ticket>,
  onWait: (busy: AppError) => void,
): Promise<Ticket> {
  for (let times = 1; ; times++) {
    try {
      return await ask();
    } catch (error) {
      if (!isBusy(error) || times >= MOST_TIMES) throw error;
      if (times === 1) onWait(error);
      await new Promise((again) => setTimeout(again, AGAIN_MS));
    }
  }
}
