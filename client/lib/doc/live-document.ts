import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { DocStatus } from './doc-status.ts';
import type { OutboxPlace } from './outbox.ts';

export interface OpenOptions {
  /** `list.<boardId>` or `draft.<boardId>`. */
  name: string;
  person: { id: string; name: string };
  readOnly?: boolean;
  /** For tests and other carriers; a browser needs none of these. */
  url?: string;
  params?: Record<string, string>;
  socket?: typeof WebSocket;
  outbox?: Pick<OutboxPlace, 'factory' | 'beatMs' | 'deadMs' | 'locks'>;
}

export interface LiveDocument {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  /** For `useSyncExternalStore`: `get` returns the same object until something changes. */
  readonly status: { get(): DocStatus; subscribe(listener: () => void): () => void };
  /** True once the server's state was received; before that an empty document only looks empty. */
  readonly synced: boolean;
  /** While true, nothing from others is applied and nothing made here is sent; it is kept in the outbox all the same. */
  hold(on: boolean): void;
  /** False for a paste that would make too large an update: say so instead of accepting it. Text, or bytes of an update. */
  fits(what: string | number): boolean;
  /** The words that are not known to be saved, to copy or download. */
  unsavedWords(): Promise<string>;
  /** Of what fits nowhere any more nothing is offered again; call when the person has copied it. */
  forgetStranded(): void;
  /** Leaves. Work on its way gets 10 s more; what is not saved then stays in the outbox and is sent when the document is opened again. */
  destroy(): void;
}
