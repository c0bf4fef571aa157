import * as Y from 'yjs';
import {
  addRow,
  type ListReading,
  moveRow,
  type RowDraft,
  readRows,
  restoreRow,
  rowsOf,
  setField,
  withdrawRow,
} from '../../../shared/board.ts';
import type { ProblemRow, ScalarField, Scalars } from '../../../shared/problem.ts';

export interface ListSnapshot extends ListReading {
  canUndo: boolean;
  canRedo: boolean;
}

/** A problem list for views: what stands in it, its writers, and undo of one's own changes. */
export class ProblemList {
  readonly doc: Y.Doc;
  /** Marks what this person does here. */
  readonly origin = {};
  readonly #undo: Y.UndoManager;
  readonly #listeners = new Set<() => void>();
  #snapshot: ListSnapshot;
  #stale = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(doc: Y.Doc) {
    this.doc = doc;
    this.#undo = new Y.UndoManager(rowsOf(doc), { trackedOrigins: new Set([this.origin]) });
    this.#snapshot = this.#read();
    doc.on('update', this.#changed);
    for (const event of ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const)
      this.#undo.on(event, this.#changed);
  }

  get = (): ListSnapshot => {
    if (this.#stale) this.#look();
    return this.#snapshot;
  };

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** TOO_LARGE `board.full` when no more rows fit. */
  add(draft: RowDraft): void {
    this.#step(() => addRow(this.doc, draft, this.origin));
  }

  /** INVALID_INPUT when the value does not fit its column. */
  set<F extends ScalarField>(rowId: string, field: F, value: Scalars[F]): void {
    this.#step(() => setField(this.doc, rowId, field, value, this.origin));
  }

  /** The same while it is being typed: letters in a row are one step of undo, as in a long column. */
  type<F extends ScalarField>(rowId: string, field: F, value: Scalars[F]): void {
    setField(this.doc, rowId, field, value, this.origin);
  }

  /** Before another row, at the end for null. */
  move(rowId: string, before: string | null): void {
    this.#step(() => moveRow(this.doc, rowId, before, this.origin));
  }

  withdraw(rowId: string): void {
    this.#step(() => withdrawRow(this.doc, rowId, this.origin));
  }

  restore(rowId: string): void {
    this.#step(() => restoreRow(this.doc, rowId, this.origin));
  }

  undo(): void {
    this.#undo.undo();
    this.#now();
  }

  redo(): void {
    this.#undo.redo();
    this.#now();
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.doc.off('update', this.#changed);
    this.#undo.destroy();
  }

  /** One act is one step of undo, and is seen at once. */
  #step(act: () => void): void {
    this.#undo.stopCapturing();
    act();
    this.#undo.stopCapturing();
    this.#now();
  }

  // A burst of updates is read once: a thousand rows take milliseconds.
  readonly #changed = (): void => {
    this.#stale = true;
    this.#timer ??= setTimeout(() => this.#now(), 16);
  };

  #now(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#look();
    for (const listener of this.#listeners) listener();
  }

  #look(): void {
    this.#stale = false;
    this.#snapshot = this.#read();
  }

  /** Rows that have not changed stay the same objects, so that their views are not drawn again. */
  #read(): ListSnapshot {
    const before = new Map(this.#snapshot?.rows.map((row) => [row.rowId, row]));
    const { rows, malformed } = readRows(this.doc);
    return {
      rows: rows.map((row) => sameRow(before.get(row.rowId), row) ?? row),
      malformed,
      canUndo: this.#undo.undoStack.length > 0,
      canRedo: this.#undo.redoStack.length > 0,
    };
  }
}

function sameRow(old: ProblemRow | undefined, row: ProblemRow): ProblemRow | undefined {
  const fields = Object.keys(row) as (keyof ProblemRow)[];
  return old && fields.every((field) => old[field] === row[field]) ? old : undefined;
}
