import { placeOnPage, closePage } from '../support/simulated-page.ts';
import { Editor } from '@tiptap/core';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { DraftDesk } from '../../client/features/board/draft-desk.ts';
import { draftExtensions } from '../../client/features/board/draft-extensions.ts';
import type { LiveDocument } from '../../client/lib/doc/open-document.ts';
import { draftText } from '../../shared/board.ts';
import { mendDraft } from '../../shared/draft-mend.ts';
import { carriers } from '../support/carriers.ts';
import { type CollabServer, startCollab, until } from '../support/collab-server.ts';
import { paragraphOf } from '../support/draft-parts.ts';
import { MemoryUpdateLog } from '../support/memory-update-log.ts';
import { openLive } from '../support/open-live.ts';

const DRAFT = 'draft.a';
let server: CollabServer;
const open: { destroy(): void }[] = [];

beforeEach(async () => {
  server = await startCollab(new MemoryUpdateLog());
  server.rights.set('shen', 'read');
});
afterEach(async () => {
  for (const each of open.splice(0).reverse()) each.destroy();
  await server.stop();
});
afterAll(closePage);

describe.each(carriers())('presence over $title', (carrier) => {
  function live(id: string, readOnly = false): LiveDocument {
    const socket = carrier.socket();
    const opened = openLive(server.url, { name: DRAFT, person: { id, name: id }, socket, readOnly });
    open.push(opened);
    return opened;
  }
  const synced = (...lives: LiveDocument[]): Promise<void> =>
    until('all are in', () => lives.every((each) => each.synced));

  /** The draft as the page edits it. */
  async function page(document: LiveDocument): Promise<{ desk: DraftDesk; editor: Editor }> {
    const desk = new DraftDesk({
      doc: document.doc,
      mend: () => server.documents.change(DRAFT, mendDraft),
      report: (error) => expect(error).toBeUndefined(),
    });
    open.push({ destroy: desk.subscribe(() => undefined) });
    await until('it can be opened', () => desk.get().kind === 'open');
    const parts = {
      live: document,
      person: { id: 'zhou', name: '周敏' },
      hint: '',
      tooLarge: () => undefined,
      leftOut: () => undefined,
    };
    const extensions = draftExtensions({ ...parts, guard: desk, carets: true });
    const editor = new Editor({ element: placeOnPage(), extensions });
    open.push(editor);
    return { desk, editor };
  }

  it('an observer’s frame makes no open draft stale: the next keystroke deletes nothing of others', async () => {
    const [author, other, observer] = [live('zhou'), live('lu'), live('shen', true)];
    await synced(author, other, observer);
    const { desk, editor } = await page(author);
    const seen = (): unknown => author.awareness.getStates().get(observer.doc.clientID);
    observer.awareness.setLocalState({ cursor: { anchor: 1, head: { type: null } }, junk: 'x' });
    await until('the observer is shown', () => seen() !== undefined);
    expect(Object.keys(seen() as object)).toEqual(['user']);
    other.doc.getXmlFragment('body').insert(0, [paragraphOf('别人存好的一段')]);
    await until('it is seen', () => editor.getText().includes('别人存好的一段'));
    editor.commands.insertContentAt(1, '我');
    await until('all is saved', () => author.status.get().kind === 'saved');
    expect(draftText(await server.documents.read(DRAFT, copyOf))).toContain('我别人存好的一段');
    expect(desk.get()).toEqual({ kind: 'open', editor: 0, carets: true });
  });

  it('a draft with a text at its root, a hook and a cell of a milliard columns is opened by everybody', async () => {
    const [author, other] = [live('zhou'), live('lu')];
    await synced(author, other);
    const cell = new Y.XmlElement('tableCell');
    cell.setAttribute('colspan', 1e9 as unknown as string);
    cell.insert(0, [paragraphOf('格子')]);
    const [row, table] = [new Y.XmlElement('tableRow'), new Y.XmlElement('table')];
    row.insert(0, [cell]);
    table.insert(0, [row]);
    const hook = new Y.XmlHook('x') as unknown as Y.XmlElement;
    other.doc.getXmlFragment('body').insert(0, [new Y.XmlText('根上的字'), hook, table]);
    await until('it is there', () => author.doc.getXmlFragment('body').length === 3);
    const [mine, theirs] = await Promise.all([page(author), page(other)]);
    for (const { editor } of [mine, theirs]) {
      expect(editor.getText()).toContain('根上的字');
      expect(editor.getText()).toContain('格子');
    }
    expect(draftText(await server.documents.read(DRAFT, copyOf)).split('根上的字')).toHaveLength(2);
  });
});

/** What is read must not be kept. */
function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}
