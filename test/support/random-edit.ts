import * as Y from 'yjs';

type Random = () => number;

function editText(text: Y.Text, random: Random): void {
  const pick = (n: number): number => Math.floor(random() * n);
  if (text.length === 0 || random() < 0.6)
    text.insert(pick(text.length + 1), String.fromCharCode(0x4e00 + pick(2000)).repeat(1 + pick(4)));
  else if (random() < 0.85) {
    const at = pick(text.length);
    text.delete(at, Math.min(1 + pick(3), text.length - at));
  } else {
    const at = pick(text.length);
    text.format(at, Math.min(4, text.length - at), { bold: random() < 0.5 ? true : null });
  }
}

/** Others may have put anything there: what is no row is written over. */
function editRows(rows: Y.Map<unknown>, random: Random): void {
  const key = `r${Math.floor(random() * 20)}`;
  const row = rows.get(key);
  const title = row instanceof Y.Map ? row.get('title') : undefined;
  if (!(row instanceof Y.Map) || random() < 0.15)
    rows.set(key, new Y.Map<unknown>([['title', new Y.Text('问题')]]));
  else if (random() < 0.1) rows.delete(key);
  else if (random() < 0.3) row.set('level', Math.floor(random() * 5));
  else if (title instanceof Y.Text) editText(title, random);
}

function editDraft(draft: Y.XmlFragment, random: Random): void {
  const pick = (n: number): number => Math.floor(random() * n);
  const some = draft.length > 0 ? draft.get(pick(draft.length)) : undefined;
  if (!(some instanceof Y.XmlElement) || random() < 0.2) {
    const paragraph = new Y.XmlElement('p');
    paragraph.insert(0, [new Y.XmlText('破')]);
    draft.insert(pick(draft.length + 1), [paragraph]);
  } else if (random() < 0.15) draft.delete(pick(draft.length), 1);
  else if (random() < 0.3) some.setAttribute('level', String(pick(3)));
  else {
    const text = some.get(0);
    if (text instanceof Y.XmlText) editText(text, random);
  }
}

/** One random edit of a text, of a table of rows, or of the draft's tree, in one transaction. */
export function randomEdit(doc: Y.Doc, random: Random): void {
  doc.transact(() => {
    const choice = random();
    if (choice < 0.5) editText(doc.getText('t'), random);
    else if (choice < 0.75) editRows(doc.getMap('rows'), random);
    else editDraft(doc.getXmlFragment('draft'), random);
  });
}

/** Everything that `randomEdit` writes, as JSON. */
export const contentOf = (doc: Y.Doc): unknown[] => [
  doc.getText('t').toDelta(),
  doc.getMap('rows').toJSON(),
  doc.getXmlFragment('draft').toJSON(),
];

/** Takes updates as they are. A document that shows text also deletes marks that its text has no more use for. */
export function readingDoc(): Y.Doc {
  const doc = new Y.Doc();
  doc.on('afterTransaction', (transaction) => {
    transaction._needFormattingCleanup = false;
  });
  return doc;
}
