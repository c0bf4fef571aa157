import type { Node } from '@tiptap/pm/model';
import { Plugin, TextSelection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import * as Y from 'yjs';

/** Which shared piece each piece of the view shows. */
type Mapping = ReadonlyMap<Y.AbstractType<unknown>, unknown>;

interface Gone {
  block: Node;
  offset: number;
  /** Before which block of the text it stood; of a row, a cell or an item that went, behind the table or the list. */
  index: number;
}

/**
 * The paragraph in which the caret is, when somebody else deletes it. The caret would fall into a neighbour and what is typed next
 * into somebody's sentence: instead it gets a paragraph of its own where the old one was, and the person is told.
 */
export class UnderHand {
  /** `words` of the deleted paragraph, not blank. */
  readonly #told: (words: string) => void;
  #gone: Gone | undefined;
  /** Before which block of the text there is to be room for what is typed next. */
  #place: number | undefined;

  constructor(told: (words: string) => void) {
    this.#told = told;
  }

  /** Somebody's change is in the document and not yet in the view. */
  look(view: EditorView, mapping: Mapping): void {
    this.#gone = undefined;
    if (!view.hasFocus()) return;
    const { $head } = view.state.selection;
    const type = typeOf(mapping, $head.parent);
    if (!type?._item?.deleted) return;
    this.#gone = { block: $head.parent, offset: $head.parentOffset, index: indexOf(type) };
  }

  /** It is in the view. */
  settle(view: EditorView): void {
    const gone = this.#gone;
    this.#gone = undefined;
    if (!gone) return;
    const words = gone.block.textContent;
    const moved = words.trim() === '' ? undefined : placeOf(view.state.doc, words);
    if (moved !== undefined) return caretTo(view, moved + 1 + gone.offset);
    this.#place = gone.index;
    if (words.trim() !== '') this.#told(words);
  }

  /** Puts the words where they were, in a paragraph of their own. */
  putBack(view: EditorView, words: string): void {
    this.#place ??= view.state.selection.$head.index(0) + 1;
    this.#makeRoom(view);
    view.dispatch(view.state.tr.insertText(words));
    view.focus();
  }

  plugin(): Plugin {
    const forget = () => {
      this.#place = undefined;
      return false;
    };
    return new Plugin({
      props: {
        handleKeyDown: (view, event) => this.#key(view, event),
        handleTextInput: (view, _from, _to, text) => {
          if (this.#place === undefined) return false;
          this.#makeRoom(view);
          view.dispatch(view.state.tr.insertText(text));
          return true;
        },
        handlePaste: (view) => {
          if (this.#place !== undefined) this.#makeRoom(view);
          return false;
        },
        handleDOMEvents: { mousedown: forget, touchstart: forget },
      },
    });
  }

  #key(view: EditorView, event: KeyboardEvent): boolean {
    if (this.#place === undefined || MODIFIERS.has(event.key)) return false;
    const composes = event.isComposing || event.keyCode === 229 || event.key === 'Process';
    const types = composes || (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey);
    const edits = event.key === 'Backspace' || event.key === 'Delete' || event.key === 'Enter';
    if (types || edits) this.#makeRoom(view);
    // Arrows and shortcuts: the person goes elsewhere. With Ctrl the paste comes next.
    else if (!event.ctrlKey && !event.metaKey) this.#place = undefined;
    return edits;
  }

  #makeRoom(view: EditorView): void {
    const { doc, schema, tr } = view.state;
    const index = Math.min(this.#place ?? 0, doc.childCount);
    this.#place = undefined;
    let at = 0;
    for (let i = 0; i < index; i++) at += doc.child(i).nodeSize;
    tr.insert(at, schema.nodes.paragraph!.create());
    view.dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView());
  }
}

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'CapsLock']);

function typeOf(mapping: Mapping, node: Node): Y.AbstractType<unknown> | undefined {
  for (const [type, shown] of mapping) if (shown === node) return type;
  return undefined;
}

/** Where a block with the same words stands: it was made another kind of block. */
function placeOf(doc: Node, words: string): number | undefined {
  let found: number | undefined;
  doc.descendants((node, at) => {
    if (node.isTextblock && found === undefined && node.textContent === words) found = at;
    return found === undefined && !node.isTextblock;
  });
  return found;
}

function caretTo(view: EditorView, at: number): void {
  const { tr, doc } = view.state;
  view.dispatch(tr.setSelection(TextSelection.near(doc.resolve(Math.min(at, doc.content.size)))));
}

/** Behind the block that holds it, or, if that is gone too, behind the last that stands before it. */
function indexOf(type: Y.AbstractType<unknown>): number {
  let top = type._item;
  while (top?.parent instanceof Y.AbstractType && top.parent._item) top = top.parent._item;
  if (!(top?.parent instanceof Y.XmlFragment)) return 0;
  let standing: Y.Item | null = top;
  while (standing?.deleted) standing = standing.left;
  const { content } = standing ?? {};
  if (!(content instanceof Y.ContentType)) return 0;
  return top.parent.toArray().findIndex((block) => block === content.type) + 1;
}
