import { DOCUMENT_REPLACED } from '../../../shared/live-line.ts';

/** Why a document cannot be written (or read) any more; retrying cannot mend it. */
export type DeniedReason =
  | 'unauthenticated'
  | 'forbidden'
  | 'gone'
  | 'too-large'
  | 'damaged'
  | 'outdated'
  | 'read-only'
  | 'elsewhere';

/**
 * What the person is told. `saved`: everything written here, and in tabs of this person that are gone, is on the server's disk. `saving`: on its way for less than 2 s.
 * `unsaved`: for longer, whatever the cause. `offline`: no line, nothing waiting for long. `denied`: it will not be saved.
 */
export type DocStatusKind = 'connecting' | 'saved' | 'saving' | 'unsaved' | 'offline' | 'denied';

/**
 * Why words stay unsaved though the line is well. `waits`: they hang on what others have not brought back yet (after a restore). `stranded`: the
 * same of a page that is gone. `full`: the document takes nothing more until something is deleted.
 */
export type Hindrance = 'waits' | 'stranded' | 'full';

export interface DocStatus {
  readonly kind: DocStatusKind;
  /** A denial, or with `unsaved` a hindrance. */
  readonly reason: DeniedReason | Hindrance | undefined;
  /** Own updates that the server has not confirmed, those of tabs that are gone included. */
  readonly waiting: number;
  /** False when the browser does not keep unsaved work, or does not answer: it would be lost with the page. */
  readonly kept: boolean;
}

export interface Facts {
  denied: DeniedReason | undefined;
  hindrance?: Hindrance | undefined;
  connected: boolean;
  synced: boolean;
  everTried: boolean;
  waiting: number;
  /** Words of another tab wait on this device, and it is not known whether that tab lives to send them. */
  doubtful: boolean;
  /** Updates of tabs that are gone which fit nowhere: they are not saved, and do not become late. */
  stranded?: number;
  confirmed: boolean;
  /** Age of the oldest of all that in ms. */
  age: number | undefined;
  kept: boolean;
}

export const LATE_MS = 2_000;
/** Shown as late a little before the promise runs out. */
const SHOWN_MS = LATE_MS - 100;

export function statusOf(facts: Facts): DocStatus {
  const kind = kindOf(facts);
  const stranded = facts.stranded ?? 0;
  const hindrance = facts.hindrance ?? (stranded > 0 && !isLate(facts) ? 'stranded' : undefined);
  const reason = facts.denied ?? (kind === 'unsaved' ? hindrance : undefined);
  return { kind, reason, waiting: facts.waiting + stranded, kept: facts.kept };
}

function kindOf(facts: Facts): DocStatusKind {
  if (facts.denied) return 'denied';
  if (isLate(facts) || (facts.hindrance === 'full' && facts.waiting > 0)) return 'unsaved';
  if (!facts.connected) return facts.everTried ? 'offline' : 'connecting';
  if (!facts.synced) return 'connecting';
  if (facts.waiting > 0 || facts.doubtful || !facts.confirmed) return 'saving';
  return facts.stranded ? 'unsaved' : 'saved';
}

const isLate = ({ age }: Facts): boolean => age !== undefined && age >= SHOWN_MS;

/** In how many ms the status changes by itself, if it does. */
export function nextChange(facts: Facts): number | undefined {
  if (facts.denied || facts.age === undefined || facts.age >= SHOWN_MS) return undefined;
  return SHOWN_MS - facts.age;
}

export const sameStatus = (a: DocStatus, b: DocStatus): boolean =>
  a.kind === b.kind && a.reason === b.reason && a.waiting === b.waiting && a.kept === b.kept;

const CODES: Record<number, DeniedReason> = {
  4401: 'unauthenticated',
  4403: 'forbidden',
  4404: 'gone',
  4413: 'too-large',
  4422: 'damaged',
  4426: 'outdated',
  [DOCUMENT_REPLACED]: 'elsewhere',
};
/** The reason behind a close code that says "do not come back". */
export const deniedBy = (code: number): DeniedReason => CODES[code] ?? 'forbidden';
