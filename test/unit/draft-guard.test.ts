import { type DraftPage, DraftServer, openDraftPage } from '../support/draft-page.ts';
import { closePage } from '../support/simulated-page.ts';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { withoutHugeSpans } from '../../client/features/board/draft-extensions.ts';
import { draftText } from '../../shared/board.ts';
import { isReadable } from '../../shared/draft-mend.ts';
import { paragraphOf } from '../support/draft-parts.ts';

let server: DraftServer;
let page: DraftPage;
const body = (): Y.XmlFragment => server.doc.getXmlFragment('body');
const inServer = (): string => draftText(server.doc);
const shown = (): string => page.editor()!.getText({ blockSeparator: '\n' });
const type = (words: string): unknown => page.editor()!.commands.insertContentAt(1, words);
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

beforeEach(() => {
  server = new DraftServer();
  body().insert(0, [paragraphOf('第一段')]);
  page = openDraftPage(server);
});
afterEach(() => page.close());
afterAll(closePage);

/** Somebody else shows this of himself. */
function present(state: unknown): void {
  const other = new Awareness(new Y.Doc());
  other.clientID = 4242;
  other.states.set(4242, state as Record<string, unknown>);
  other.meta.set(4242, { clock: Date.now(), lastUpdated: 0 });
  applyAwarenessUpdate(page.awareness, encodeAwarenessUpdate(other, [4242]), 'wire');
  other.destroy();
}

describe('a draft is not lost by the presence of somebody else', () => {
  it.each([
    { cursor: { anchor: 1, head: { type: null } } },
    { cursor: { anchor: { type: null, tname: null, item: null }, head: {} } },
    { cursor: { anchor: { item: { client: -1, clock: 2 ** 53 } }, head: { tname: 'rows' } } },
    { cursor: true, user: 7 },
    { user: { color: 'url(x)', name: { toString: 1 } }, cursor: [] },
    7,
  ])('%j: what he writes is seen, and the next keystroke deletes nothing', async (state) => {
    present(state);
    body().insert(1, [paragraphOf('别人存好的一段')]);
    await settled();
    expect(shown()).toBe('第一段\n别人存好的一段');
    type('我');
    expect(inServer()).toBe('我第一段\n别人存好的一段');
    expect([page.editors(), page.faults]).toEqual([1, []]);
  });

  it('a well-formed caret is still drawn, with the name and the colour', async () => {
    const text = (body().get(0) as Y.XmlElement).get(0) as Y.XmlText;
    const at = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, 1)) as object;
    present({ cursor: { anchor: at, head: at }, user: { id: 'p2', name: '陆远航', color: '#1f6f8b' } });
    await settled();
    const caret = page.editor()!.view.dom.querySelector('.others-caret')!;
    expect(caret.textContent).toBe('陆远航');
    expect((caret as HTMLElement).style.getPropertyValue('--who')).toBe('#1f6f8b');
  });
});

describe('when showing a remote change throws, whatever the cause', () => {
  /** The next time that the view takes over a change it fails. */
  function breakView(times = 1): void {
    const view = page.editor()!.view;
    const update = vi.spyOn(view, 'updateState');
    for (let i = 0; i < times; i++)
      update.mockImplementationOnce(() => {
        throw new Error('cannot be drawn');
      });
  }

  it('the editor is made anew from the document and nothing is deleted', async () => {
    type('我');
    breakView();
    body().insert(1, [paragraphOf('别人的一段')]);
    // The old view is still there: a keystroke in it must not reach the document as it was.
    page.editor()!.commands.insertContentAt(1, '快');
    expect(inServer()).toBe('我第一段\n别人的一段');
    await settled();
    expect(page.editors()).toBe(2);
    expect(page.faults).toHaveLength(1);
    expect(shown()).toBe('我第一段\n别人的一段');
    type('再');
    expect(inServer()).toBe('再我第一段\n别人的一段');
  });

  it('what was typed at that moment is offered, not dropped without a word', async () => {
    breakView();
    body().insert(1, [paragraphOf('别人的一段')]);
    page.editor()!.commands.insertContentAt(1, '来不及的话');
    expect(page.desk.lostWords()).toEqual(['来不及的话']);
    page.desk.forgetLost();
    expect(page.desk.lostWords()).toEqual([]);
  });

  it('a stopped editor that is drawn again, as when its rights change, writes nothing', () => {
    const editor = page.editor()!;
    breakView();
    body().insert(1, [paragraphOf('别人的一段')]);
    editor.view.updateState(editor.view.state);
    editor.setEditable(true);
    expect(inServer()).toBe('第一段\n别人的一段');
  });

  it('a view that is behind never writes, even if nobody noticed that it is', async () => {
    const editor = page.editor()!;
    // As if a filter kept the change out: nothing throws, the view simply does not follow.
    const { state, view } = editor;
    vi.spyOn(state, 'applyTransaction').mockImplementationOnce(() => ({ state, transactions: [] }));
    body().insert(1, [paragraphOf('别人的一段')]);
    expect(view.dom.contentEditable).toBe('false');
    await settled();
    expect(shown()).toBe('第一段\n别人的一段');
    expect(inServer()).toBe('第一段\n别人的一段');
  });

  it('an own keystroke that cannot be drawn is offered or written, and the editor is made anew', async () => {
    breakView();
    type('半截');
    await settled();
    expect(page.editors()).toBe(2);
    const rescued = inServer().includes('半截') || page.desk.lostWords().join().includes('半截');
    expect(rescued).toBe(true);
  });

  it('again and again: first without carets, then the text alone, and nothing is lost', async () => {
    for (let n = 1; n <= 5; n++) {
      breakView();
      body().insert(n, [paragraphOf(`第${n}次`)]);
      await settled();
    }
    expect(page.desk.get()).toEqual({ kind: 'broken' });
    expect(page.editor()).toBeUndefined();
    expect(inServer()).toBe('第一段\n第1次\n第2次\n第3次\n第4次\n第5次');
  });
});

describe('what the schema cannot read', () => {
  it.each([
    ['a text at the root', () => new Y.XmlText('根上的字')],
    ['an unknown node', () => element('callout', '根上的字')],
    ['a list without items', () => element('bulletList', '根上的字')],
  ])(
    '%s that comes while the draft is open is mended by the server, its words are kept',
    async (_what, make) => {
      type('我');
      body().insert(1, [make()]);
      expect(page.desk.get().kind).toBe('mending');
      await vi.waitFor(() => expect(page.desk.get().kind).toBe('open'));
      await settled();
      const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');
      expect(lines(shown())).toEqual(['我第一段', '根上的字']);
      type('再');
      expect(lines(inServer())).toEqual(['再我第一段', '根上的字']);
    },
  );

  it('is mended before the draft is bound, and the draft opens', async () => {
    body().insert(0, [new Y.XmlText('先有的'), new Y.XmlHook('h') as unknown as Y.XmlElement, bombTable()]);
    const late = openDraftPage(server);
    expect(late.desk.get().kind).toBe('mending');
    await vi.waitFor(() => expect(late.editor()).toBeDefined());
    expect(late.editor()!.getText({ blockSeparator: '\n' })).toContain('先有的');
    expect(late.editor()!.getText({ blockSeparator: '\n' })).toContain('格子');
    late.close();
  });

  function element(name: string, words: string): Y.XmlElement {
    const made = new Y.XmlElement(name);
    made.insert(0, [new Y.XmlText(words)]);
    return made;
  }
  function bombTable(): Y.XmlElement {
    const cell = new Y.XmlElement('tableCell');
    cell.setAttribute('colspan', 1e9 as unknown as string);
    cell.insert(0, [paragraphOf('格子')]);
    const row = new Y.XmlElement('tableRow');
    row.insert(0, [cell]);
    const table = new Y.XmlElement('table');
    table.insert(0, [row]);
    return table;
  }
});

describe('a table that others could not lay out', () => {
  it('is refused where it is made, at its sixty-fifth column', () => {
    const editor = page.editor()!;
    editor.commands.insertTable({ rows: 2, cols: 64, withHeaderRow: false });
    const cells = (): number => JSON.stringify(editor.getJSON()).split('"tableCell"').length - 1;
    expect(cells()).toBe(128);
    editor.commands.addColumnAfter();
    expect(cells()).toBe(128);
    expect(isReadable(server.doc)).toBe(true);
    editor.commands.deleteColumn();
    editor.commands.addColumnAfter();
    expect(cells()).toBe(128);
  });

  it('a pasted cell that claims a milliard places gets one', () => {
    expect(withoutHugeSpans('<td colspan="1000000000" rowspan=2><td ROWSPAN = \'100000\'>')).toBe(
      '<td colspan="1" rowspan=2><td ROWSPAN = \'1\'>',
    );
  });
});
