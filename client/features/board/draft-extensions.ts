import { type AnyExtension, Extension } from '@tiptap/core';
import { Collaboration } from '@tiptap/extension-collaboration';
import { CollaborationCaret } from '@tiptap/extension-collaboration-caret';
import { TaskItem, TaskList } from '@tiptap/extension-list';
import { TableKit } from '@tiptap/extension-table';
import { Placeholder } from '@tiptap/extensions';
import type { Node } from '@tiptap/pm/model';
import { Plugin, type Transaction } from '@tiptap/pm/state';
import { StarterKit } from '@tiptap/starter-kit';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import { DRAFT_FIELD } from '../../../shared/board.ts';
import { MAX_TABLE_COLUMNS, MAX_TABLE_ROWS } from '../../../shared/draft-shape.ts';
import type { LiveDocument } from '../../lib/doc/open-document.ts';
import { draftGuard, type GuardParts } from './draft-guard.ts';
import { draftPaste } from './draft-paste.ts';
import { draftUndo } from './draft-undo.ts';
import type { LeftOut } from './left-out.ts';
import { OthersCarets } from './others-carets.ts';

interface DraftParts {
  live: LiveDocument;
  person: { id: string; name: string };
  hint: string;
  /** A change was too large and was not made: too much at once, or a table with too many places. */
  tooLarge(what: 'text' | 'table'): void;
  /** Of a paste not all could be put in. */
  leftOut(what: readonly LeftOut[]): void;
  guard: Omit<GuardParts, 'doc'>;
  /** False to go on without the carets of others. */
  carets: boolean;
}

/** What a draft can hold, and its way to the shared document. */
export function draftExtensions({
  live,
  person,
  hint,
  tooLarge,
  leftOut,
  guard,
  carets,
}: DraftParts): AnyExtension[] {
  const others = { awareness: new OthersCarets(live.awareness) };
  return [
    draftGuard({ doc: live.doc, ...guard }),
    StarterKit.configure({
      undoRedo: false,
      heading: { levels: [1, 2, 3] },
      link: { openOnClick: false, autolink: false },
    }),
    Collaboration.configure({
      document: live.doc,
      field: DRAFT_FIELD,
      yUndoOptions: { undoManager: draftUndo(live.doc.getXmlFragment(DRAFT_FIELD)) },
    }),
    ...(carets ? [CollaborationCaret.configure({ provider: others, user: person, render: caret })] : []),
    TableKit.configure({ table: { resizable: false } }),
    TaskList,
    TaskItem.configure({ nested: true }),
    Placeholder.configure({ placeholder: hint }),
    draftPaste(() => leftOut(['words'])),
    sizeGuard(live, tooLarge),
  ];
}

/** Somebody's caret with their name, in the colour that the server gave them. */
function caret(user: Record<string, unknown>): HTMLElement {
  const mark = document.createElement('span');
  mark.className = 'others-caret';
  mark.style.setProperty('--who', String(user.color));
  const name = document.createElement('span');
  name.className = 'others-name';
  name.textContent = String(user.name ?? '');
  mark.append(name);
  return mark;
}

/** Below this a change is never too large: a Chinese character takes three bytes. */
const SURELY_FITS = 50_000;

/** Refuses a change of one's own that would make too large an update, or a table that others could not lay out. */
const sizeGuard = (live: LiveDocument, tooLarge: DraftParts['tooLarge']) =>
  Extension.create({
    name: 'sizeGuard',
    addProseMirrorPlugins: () => [
      new Plugin({
        props: { transformPastedHTML: withoutHugeSpans },
        filterTransaction(transaction) {
          if (!transaction.docChanged || transaction.getMeta(ySyncPluginKey)?.isChangeOrigin) return true;
          if (tablesIn(transaction).some(isTooLarge)) tooLarge('table');
          else if (addedBy(transaction).every((json) => live.fits(json))) return true;
          else tooLarge('text');
          return false;
        },
      }),
    ],
  });

/** A pasted cell that claims to be a thousand places wide would be laid out before anything can refuse it. */
export const withoutHugeSpans = (html: string): string =>
  html.replace(/\b((?:col|row)span\s*=\s*["']?\s*)\d{3,}/gi, (_all, before: string) => `${before}1`);

const isTooLarge = (table: Node): boolean =>
  table.childCount > MAX_TABLE_ROWS || table.children.some((row) => row.childCount > MAX_TABLE_COLUMNS);

/** Every table that the transaction has changed or brought. */
function tablesIn(transaction: Transaction): Node[] {
  const tables: Node[] = [];
  const { doc, mapping } = transaction;
  for (const [at, map] of mapping.maps.entries())
    map.forEach((_oldFrom, _oldTo, from, to) => {
      const later = mapping.slice(at + 1);
      const [start, end] = [later.map(from, -1), later.map(to, 1)];
      doc.nodesBetween(Math.max(0, start - 1), Math.min(doc.content.size, end + 1), (node) => {
        if (node.type.name === 'table') tables.push(node);
        return !node.inlineContent;
      });
    });
  return tables;
}

/** Each large piece that the transaction adds, as JSON. */
function addedBy(transaction: Transaction): string[] {
  return transaction.steps.flatMap((step) => {
    const slice = 'slice' in step ? (step.slice as { size: number }) : undefined;
    return slice && slice.size > SURELY_FITS ? [JSON.stringify(step.toJSON())] : [];
  });
}
