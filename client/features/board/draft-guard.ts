import { type AnyExtension, Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { DRAFT_FIELD, draftText } from '../../../shared/board.ts';
import { isReadable } from '../../../shared/draft-mend.ts';
import { UnderHand } from './draft-under-hand.ts';

/** `unreadable`: somebody's change cannot be shown as it stands. `failed`: showing a change went wrong. */
export type StopReason = 'unreadable' | 'failed';

export interface GuardParts {
  doc: Y.Doc;
  /** Called once: the editor writes nothing any more and must be made anew from the document. */
  stopped(reason: StopReason, error: unknown): void;
  /** The paragraph in which the caret is was deleted by somebody else. */
  gone(deleted: DeletedWords): void;
  /** Words typed at that moment that did not get into the document. */
  lost(words: string): void;
}

export interface DeletedWords {
  words: string;
  putBack(): void;
}

/** The part of y-tiptap's binding that is used here. */
interface Binding {
  mapping: ReadonlyMap<Y.AbstractType<unknown>, unknown>;
  destroy(): void;
  _prosemirrorChanged(doc: Node): void;
}

/**
 * Stands between the shared text and its editor. y-tiptap makes the document like the view at each keystroke: a view that has missed
 * a change of somebody else would delete it. So nothing is written while the view is behind, and a view that could not follow
 * stops for good. What the schema cannot read is kept from y-tiptap, which would delete it.
 */
export class DraftGuard {
  readonly #parts: GuardParts;
  #view: EditorView | undefined;
  #binding: Binding | undefined;
  /** A change from elsewhere is in the document and not in the view. */
  #behind = false;
  #stopped = false;
  readonly underHand: UnderHand;

  constructor(parts: GuardParts) {
    this.#parts = parts;
    this.underHand = new UnderHand((words) => {
      const view = this.#view;
      if (view) parts.gone({ words, putBack: () => this.underHand.putBack(view, words) });
    });
  }

  /** To be called before y-tiptap has bound the view: its listener must come after the one from here. */
  watch(view: EditorView): void {
    this.#view = view;
    const binding = (ySyncPluginKey.getState(view.state) as { binding: Binding }).binding;
    if (this.#binding !== binding) this.#guardWrites(binding);
    this.#binding = binding;
    this.#fragment.observeDeep(this.#changed);
    this.#parts.doc.on('afterTransaction', this.#settled);
  }

  leave(): void {
    this.#fragment.unobserveDeep(this.#changed);
    this.#parts.doc.off('afterTransaction', this.#settled);
  }

  dispatch(transaction: Transaction, next: (transaction: Transaction) => void): void {
    if (this.#stopped) return this.#lose(transaction);
    const before = this.#view?.state;
    try {
      next(transaction);
    } catch (error) {
      // It was made for an older state and nothing has happened: who sent it may try again.
      if (error instanceof RangeError && /mismatched transaction/.test(error.message)) throw error;
      this.stop('failed', error);
    }
    if (this.#stopped) this.#lose(transaction);
    else if (isFromElsewhere(transaction) && this.#view && this.#view.state !== before) {
      this.#behind = false;
      this.underHand.settle(this.#view);
    }
  }

  stop(reason: StopReason, error?: unknown): void {
    if (this.#stopped) return;
    this.#stopped = true;
    // Nobody types into what is kept nowhere.
    if (this.#view) this.#view.dom.contentEditable = 'false';
    this.#binding?.destroy();
    this.#parts.stopped(reason, error);
  }

  get #fragment(): Y.XmlFragment {
    return this.#parts.doc.getXmlFragment(DRAFT_FIELD);
  }

  #guardWrites(binding: Binding): void {
    const write = binding._prosemirrorChanged.bind(binding);
    binding._prosemirrorChanged = (doc) => {
      if (this.#behind) this.stop('failed');
      if (!this.#stopped) write(doc);
    };
  }

  readonly #changed = (
    events: readonly Y.YEvent<Y.AbstractType<unknown>>[],
    { origin }: Y.Transaction,
  ): void => {
    if (this.#stopped || origin === ySyncPluginKey) return;
    this.#behind = true;
    if (this.#view && this.#binding) this.underHand.look(this.#view, this.#binding.mapping);
    if (!isReadable(this.#parts.doc, blocksOf(events, this.#fragment))) this.stop('unreadable');
  };

  readonly #settled = (): void => {
    if (this.#behind) this.stop('failed');
  };

  #lose(transaction: Transaction): void {
    if (!transaction.docChanged || isFromElsewhere(transaction)) return;
    const kept = draftText(this.#parts.doc);
    const words = insertedBy(transaction).filter((line) => !kept.includes(line));
    if (words.length > 0) this.#parts.lost(words.join('\n'));
  }
}

const isFromElsewhere = (transaction: Transaction): boolean =>
  (transaction.getMeta(ySyncPluginKey) as { isChangeOrigin?: boolean } | undefined)?.isChangeOrigin === true;

function insertedBy(transaction: Transaction): string[] {
  const lines = transaction.steps.flatMap((step) => {
    const slice = 'slice' in step ? (step.slice as { content: Node['content']; size: number }) : undefined;
    return slice ? slice.content.textBetween(0, slice.content.size, '\n').split('\n') : [];
  });
  return lines.filter((line) => line.trim() !== '');
}

/** The top-level blocks in which something has changed. */
function blocksOf(
  events: readonly Y.YEvent<Y.AbstractType<unknown>>[],
  root: Y.XmlFragment,
): ReadonlySet<unknown> {
  const blocks = new Set<unknown>();
  for (const { target, changes } of events) {
    if (target === root)
      for (const item of changes.added) for (const value of item.content.getContent()) blocks.add(value);
    else blocks.add(blockAround(target, root));
  }
  return blocks;
}

function blockAround(target: Y.AbstractType<unknown>, root: Y.XmlFragment): unknown {
  let at: unknown = target;
  while (at instanceof Y.AbstractType && at.parent !== root) at = at.parent;
  return at;
}

/** The guard as an extension; it comes before all others. */
export function draftGuard(parts: GuardParts): AnyExtension {
  const guard = new DraftGuard(parts);
  return Extension.create({
    name: 'draftGuard',
    priority: 1_100,
    dispatchTransaction: ({ transaction, next }) => guard.dispatch(transaction, next),
    addProseMirrorPlugins: () => [
      new Plugin({
        view(view) {
          guard.watch(view);
          return { destroy: () => guard.leave() };
        },
      }),
      guard.underHand.plugin(),
    ],
  });
}
