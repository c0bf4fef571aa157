// First: see there.
import { placeOnPage } from './simulated-page.ts';
import { Editor } from '@tiptap/core';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { DraftDesk } from '../../client/features/board/draft-desk.ts';
import { draftExtensions } from '../../client/features/board/draft-extensions.ts';
import type { LiveDocument } from '../../client/lib/doc/open-document.ts';
import { mendDraft } from '../../shared/draft-mend.ts';

/** Somebody with the draft open, as the page opens it: an editor, made anew whenever the desk says so. */
export interface DraftPage {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly desk: DraftDesk;
  /** Undefined while the draft cannot be edited. */
  editor(): Editor | undefined;
  /** How many editors there were. */
  editors(): number;
  faults: unknown[];
  close(): void;
}

const ORIGIN = 'wire';

/** As `openDocument` takes it: what an observer throws does not stop the line. */
function heard(page: Y.Doc, update: Uint8Array): void {
  try {
    Y.applyUpdate(page, update, ORIGIN);
  } catch {
    // The desk is told by the guard.
  }
}

/** The document of a server, which mends when asked; pages hear each change at once. */
export class DraftServer {
  readonly doc = new Y.Doc();
  readonly #pages = new Set<Y.Doc>();

  constructor() {
    this.doc.on('update', (update: Uint8Array) => {
      for (const page of this.#pages) heard(page, update);
    });
  }

  connect(page: Y.Doc): void {
    heard(page, Y.encodeStateAsUpdate(this.doc));
    page.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== ORIGIN) Y.applyUpdate(this.doc, update);
    });
    this.#pages.add(page);
  }

  mend = async (): Promise<void> => {
    this.doc.transact(() => mendDraft(this.doc));
  };
}

export function openDraftPage(server: DraftServer, now?: () => number): DraftPage {
  const doc = new Y.Doc();
  const awareness = new Awareness(doc);
  server.connect(doc);
  const live = { doc, awareness, fits: () => true } as unknown as LiveDocument;
  const faults: unknown[] = [];
  const desk = new DraftDesk({
    doc,
    mend: server.mend,
    report: (error) => faults.push(error),
    ...(now && { now }),
  });
  let editor: Editor | undefined;
  let number = -1;
  const follow = (): void => {
    const phase = desk.get();
    if (phase.kind === 'open' && phase.editor === number) return;
    editor?.destroy();
    editor = undefined;
    if (phase.kind !== 'open') return;
    number = phase.editor;
    const { carets } = phase;
    const person = { id: 'p1', name: '周敏' };
    const parts = {
      live,
      person,
      hint: '',
      tooLarge: () => undefined,
      leftOut: () => undefined,
      guard: desk,
      carets,
    };
    editor = new Editor({ element: placeOnPage(), extensions: draftExtensions(parts) });
  };
  // React draws after what is under way, not within it.
  let due = false;
  const stop = desk.subscribe(() => {
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      follow();
    });
  });
  follow();
  return {
    doc,
    awareness,
    desk,
    faults,
    editor: () => editor,
    editors: () => number + 1,
    close() {
      stop();
      editor?.destroy();
      awareness.destroy();
      doc.destroy();
    },
  };
}
