import { type DraftPage, DraftServer, openDraftPage } from '../support/draft-page.ts';
import { closePage } from '../support/simulated-page.ts';
import fc from 'fast-check';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { draftNodes } from '../../shared/draft-json.ts';
import { holdersIn, insertAny, oddity, spoil, textsIn } from '../support/draft-hostile.ts';
import { paragraphOf } from '../support/draft-parts.ts';

afterAll(closePage);
const seed = Number(process.env.DRAFT_SEED ?? 20261127);
const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!;
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** A page with the draft open, somebody who writes without an editor, and the words that nobody has deleted. */
class Scene {
  readonly server = new DraftServer();
  readonly page: DraftPage;
  /** Made by others, and by the page. */
  readonly others = new Set<string>();
  readonly own = new Set<string>();
  #words = 0;

  constructor() {
    this.root.insert(0, [paragraphOf(this.#word(this.others))]);
    // Editors may fail as often as they like here: a day lies between two stops.
    let day = 0;
    this.page = openDraftPage(this.server, () => (day += 86_400_000));
  }

  get root(): Y.XmlFragment {
    return this.server.doc.getXmlFragment('body');
  }

  /** One letter each, which nothing that is written into it can part. */
  #word(set: Set<string>): string {
    const word = String.fromCharCode(0x4e00 + ++this.#words);
    set.add(word);
    return word;
  }

  deeds: Record<string, (n: number) => unknown> = {
    type: (n) => {
      const editor = this.page.editor();
      if (!editor || this.page.desk.get().kind !== 'open') return;
      const word = this.#word(this.own);
      editor.commands.insertContentAt(1 + (n % Math.max(1, editor.state.doc.content.size - 1)), word);
      // Not every place takes text; what it did not take was not typed.
      if (!editor.getText().includes(word)) this.own.delete(word);
    },
    format: (n) => {
      const chain = this.page.editor()?.chain();
      if (!chain || this.page.desk.get().kind !== 'open') return;
      const deeds = ['toggleBulletList', 'toggleTaskList', 'toggleBlockquote', 'toggleBold'] as const;
      chain[pick(deeds, n)]().run();
    },
    table: () =>
      this.page.desk.get().kind === 'open' && this.page.editor()?.commands.insertTable({ rows: 2, cols: 2 }),
    undo: () => {
      const editor = this.page.editor();
      if (!editor || this.page.desk.get().kind !== 'open') return;
      editor.commands.undo();
      const said = this.said();
      // Yjs cannot bring back the words of a paragraph that somebody else has deleted meanwhile; then redo can.
      if ([...this.others].some((word) => !said.includes(word))) editor.commands.redo();
      for (const word of this.own) if (!this.said().includes(word)) this.own.delete(word);
    },
    write: (n) => {
      const texts = textsIn(this.root).filter((text) => text.length > 0);
      if (texts.length > 0) pick(texts, n).insert(pick(texts, n).length, this.#word(this.others));
    },
    odd: (n) => {
      const holder = pick(holdersIn(this.root), n >> 7);
      insertAny(holder, n % (holder.length + 1), oddity(n, this.#word(this.others)));
    },
    spoil: (n) => this.server.doc.transact(() => spoil(this.root, n)),
    remove: (n) => {
      const at = n % Math.max(1, this.root.length);
      if (at >= this.root.length) return;
      const left = [...this.root.toArray()];
      const before = this.said();
      this.root.delete(at, 1);
      if (left.length === 0) return;
      const after = this.said();
      for (const words of [this.others, this.own])
        for (const word of words) if (before.includes(word) && !after.includes(word)) words.delete(word);
    },
    breakView: () => {
      const editor = this.page.editor();
      if (editor && this.page.desk.get().kind === 'open')
        vi.spyOn(editor.view, 'updateState').mockImplementationOnce(() => {
          throw new Error('cannot be drawn');
        });
    },
    settle: async () => {
      await this.server.mend();
      await settled();
    },
  };

  present(state: unknown): void {
    const other = new Awareness(new Y.Doc());
    other.states.set(other.clientID, state as Record<string, unknown>);
    other.meta.set(other.clientID, { clock: 1, lastUpdated: 0 });
    applyAwarenessUpdate(this.page.awareness, encodeAwarenessUpdate(other, [other.clientID]), 'wire');
    other.destroy();
  }

  said(): string {
    return JSON.stringify(draftNodes(this.root));
  }
}

const id = fc.record({ client: fc.integer(), clock: fc.integer() });
const position = fc.record(
  {
    type: fc.option(id),
    tname: fc.option(fc.constantFrom('body', 'rows', 'x')),
    item: fc.option(id),
    assoc: fc.integer(),
  },
  { requiredKeys: [] },
);
const caret = fc.record({
  cursor: fc.record({ anchor: position, head: position }),
  user: fc.record({ name: fc.anything(), color: fc.string() }, { requiredKeys: [] }),
});
const deed = fc.record({
  what: fc.constantFrom(
    'type',
    'type',
    'write',
    'write',
    'odd',
    'spoil',
    'remove',
    'format',
    'table',
    'undo',
    'breakView',
    'settle',
    'settle',
  ),
  n: fc.nat(1_000_000),
  presence: fc.option(fc.oneof(fc.jsonValue(), caret)),
});

describe('any presence, any remote change, any local edit', () => {
  it('nothing is lost: what nobody deleted is in the document and on the screen', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { maxLength: 40 }), async (deeds) => {
        const scene = new Scene();
        try {
          for (const { what, n, presence } of deeds) {
            if (presence !== null) scene.present(presence);
            await scene.deeds[what]!(n);
            const said = scene.said();
            const lost = scene.page.desk.lostWords().join();
            for (const word of scene.others) expect(said).toContain(word);
            for (const word of scene.own) expect(said + lost).toContain(word);
          }
          await scene.deeds.settle!(0);
          await settled();
          expect(scene.page.desk.get().kind).toBe('open');
          const shown = JSON.stringify(scene.page.editor()!.getJSON());
          for (const word of scene.others) expect(shown).toContain(word);
          expect(JSON.stringify(draftNodes(scene.page.doc.getXmlFragment('body')))).toBe(scene.said());
        } finally {
          scene.page.close();
        }
      }),
      { seed, numRuns: Number(process.env.DRAFT_RUNS ?? 60), endOnFailure: false },
    );
  });
});
