// First: see there.
import { placeOnPage, press } from './simulated-page.ts';
import { EditorState as CodeState } from '@codemirror/state';
import { EditorView as CodeView, keymap as codeKeymap } from '@codemirror/view';
import { baseKeymap } from '@tiptap/pm/commands';
import { keymap } from '@tiptap/pm/keymap';
import { type Node, Schema } from '@tiptap/pm/model';
import { EditorState, TextSelection } from '@tiptap/pm/state';
import { EditorView } from '@tiptap/pm/view';
import { WebSocket } from 'ws';
import { yCollab, yUndoManagerKeymap } from 'y-codemirror.next';
import {
  redoCommand,
  undoCommand,
  yCursorPlugin,
  ySyncPlugin,
  yUndoPlugin,
  yUndoPluginKey,
} from 'y-prosemirror';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';

/** Somebody at an editor. Places are counted in characters of `text()`; lines count one for their end. */
export interface StockEditor {
  readonly provider: WebsocketProvider;
  /** What is on the screen, carets of others left out; lines are joined by a line feed. */
  text(): string;
  type(at: number, words: string): void;
  remove(from: number, to: number): void;
  /** Moves the caret there, with the focus, and presses Enter. */
  breakLine(at: number): void;
  undo(): void;
  redo(): void;
  /** From here on what is done is undone by itself. */
  pause(): void;
  select(from: number, to: number): void;
  /** The names at the carets of others that are on the screen. */
  carets(): string[];
  leave(): void;
}

/** A stock provider that comes with this cookie, as a browser would. */
function provide(url: string, name: string, cookie: string): WebsocketProvider {
  class WithCookie extends WebSocket {
    constructor(address: string, protocols?: string[]) {
      super(address, protocols, { headers: { cookie } });
    }
  }
  return new WebsocketProvider(url, name, new Y.Doc(), {
    WebSocketPolyfill: WithCookie as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  });
}

export interface Place {
  url: string;
  name: string;
  cookie: string;
}

const namesIn = (element: Element, selector: string): string[] =>
  [...element.querySelectorAll(selector)].map((caret) => caret.textContent.replaceAll('\u2060', ''));

const schema = new Schema({
  nodes: {
    doc: { content: 'paragraph+' },
    paragraph: { content: 'text*', toDOM: () => ['p', 0], parseDOM: [{ tag: 'p' }] },
    text: {},
  },
  marks: { strong: { toDOM: () => ['strong', 0], parseDOM: [{ tag: 'strong' }] } },
});

/** The place in a ProseMirror document of a place in its text. */
function spotOf(doc: Node, at: number): number {
  let rest = at;
  let spot = 1;
  doc.forEach((paragraph, offset) => {
    if (rest < 0) return;
    spot = offset + 1 + Math.min(rest, paragraph.content.size);
    rest -= paragraph.content.size + 1;
  });
  return spot;
}

export interface RichEditor extends StockEditor {
  embolden(from: number, to: number): void;
  /** What is on the screen as HTML, carets of others left out. */
  html(): string;
}

/** ProseMirror with `y-prosemirror`: sync, cursors, undo. */
export function richEditor({ url, name, cookie }: Place): RichEditor {
  const provider = provide(url, name, cookie);
  provider.awareness.setLocalStateField('user', { name: '冒名', color: '#000000' });
  const undo = keymap({ ...baseKeymap, 'Mod-z': undoCommand, 'Mod-y': redoCommand });
  const plugins = [
    ySyncPlugin(provider.doc.getXmlFragment('prosemirror')),
    yCursorPlugin(provider.awareness),
    yUndoPlugin(),
    undo,
  ];
  const view = new EditorView(placeOnPage(), { state: EditorState.create({ schema, plugins }) });
  const spot = (at: number): number => spotOf(view.state.doc, at);
  const select = (from: number, to: number): void => {
    view.focus();
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, spot(from), spot(to))));
  };
  const pressHere = (key: string, ctrlKey = false): void => {
    view.focus();
    press(key, ctrlKey);
  };
  const shown = (): Element => {
    const copy = view.dom.cloneNode(true) as Element;
    for (const odd of copy.querySelectorAll('.ProseMirror-yjs-cursor, br, img')) odd.remove();
    for (const marked of copy.querySelectorAll('.ProseMirror-yjs-selection'))
      marked.replaceWith(...marked.childNodes);
    return copy;
  };
  return {
    provider,
    text: () => [...shown().children].map((line) => line.textContent).join('\n'),
    html: () => shown().innerHTML,
    type: (at, words) => view.dispatch(view.state.tr.insertText(words, spot(at))),
    remove: (from, to) => view.dispatch(view.state.tr.delete(spot(from), spot(to))),
    embolden: (from, to) => view.dispatch(view.state.tr.addMark(spot(from), spot(to), schema.mark('strong'))),
    breakLine(at) {
      select(at, at);
      pressHere('Enter');
    },
    undo: () => pressHere('z', true),
    redo: () => pressHere('y', true),
    pause: () => yUndoPluginKey.getState(view.state)?.undoManager.stopCapturing(),
    select,
    carets: () => namesIn(view.dom, '.ProseMirror-yjs-cursor > div'),
    leave() {
      // The binding shows carets a moment later, be the editor gone by then or not.
      view.setProps({ dispatchTransaction: () => undefined });
      view.destroy();
      provider.destroy();
    },
  };
}

/** CodeMirror 6 with `y-codemirror.next`: sync, cursors, undo. */
export function plainEditor({ url, name, cookie }: Place): StockEditor {
  const provider = provide(url, name, cookie);
  provider.awareness.setLocalStateField('user', { name: '冒名', color: '#000000' });
  const text = provider.doc.getText('codemirror');
  const undoManager = new Y.UndoManager(text);
  const view = new CodeView({
    parent: placeOnPage(),
    state: CodeState.create({
      doc: text.toString(),
      extensions: [codeKeymap.of(yUndoManagerKeymap), yCollab(text, provider.awareness, { undoManager })],
    }),
  });
  const pressHere = (key: string): void => {
    view.focus();
    press(key, true);
  };
  const type = (at: number, insert: string): void => view.dispatch({ changes: { from: at, insert } });
  return {
    provider,
    text: () => view.state.doc.toString(),
    type,
    remove: (from, to) => view.dispatch({ changes: { from, to } }),
    breakLine: (at) => type(at, '\n'),
    undo: () => pressHere('z'),
    redo: () => pressHere('y'),
    pause: () => undoManager.stopCapturing(),
    select(from, to) {
      view.focus();
      view.dispatch({ selection: { anchor: from, head: to } });
    },
    carets: () => namesIn(view.contentDOM, '.cm-ySelectionInfo'),
    leave() {
      view.destroy();
      provider.destroy();
    },
  };
}
