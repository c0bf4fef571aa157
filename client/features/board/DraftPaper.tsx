import { createElement, Fragment, type ReactNode } from 'react';
import type { DraftNode } from '../../../shared/draft-json.ts';

const TAGS: Readonly<Record<string, string>> = {
  paragraph: 'p',
  blockquote: 'blockquote',
  bulletList: 'ul',
  orderedList: 'ol',
  listItem: 'li',
  taskList: 'ul',
  tableRow: 'tr',
  tableCell: 'td',
  tableHeader: 'th',
};
const MARK_TAGS: Readonly<Record<string, string>> = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strike: 's',
  code: 'code',
};

/** A draft to be read, drawn without an editor: a former state, or one that no editor can open. */
export function DraftPaper({ nodes }: { nodes: readonly DraftNode[] }) {
  return <div className="draft draft-still">{shown(nodes)}</div>;
}

const shown = (nodes: readonly DraftNode[] = []): ReactNode =>
  // Nothing moves in it: the place of a node is its name.
  nodes.map((node, at) => <Fragment key={at}>{drawn(node)}</Fragment>);

function drawn(node: DraftNode): ReactNode {
  const { attrs = {}, content } = node;
  switch (node.type) {
    case 'text':
      return marked(node);
    case 'hardBreak':
      return <br />;
    case 'horizontalRule':
      return <hr />;
    case 'heading':
      // Under the headings of the page around it.
      return <p className={`draft-heading${String(attrs.level ?? 1)}`}>{shown(content)}</p>;
    case 'codeBlock':
      return <pre>{shown(content)}</pre>;
    case 'table':
      return (
        <div className="tableWrapper">
          <table>
            <tbody>{shown(content)}</tbody>
          </table>
        </div>
      );
    case 'taskItem':
      return (
        <li>
          <span aria-hidden>{attrs.checked === true ? '☑ ' : '☐ '}</span>
          <div>{shown(content)}</div>
        </li>
      );
    default:
      return createElement(TAGS[node.type] ?? 'p', propsOf(node), shown(content));
  }
}

function propsOf({ type, attrs = {} }: DraftNode): Record<string, unknown> {
  if (type === 'orderedList') return { start: attrs.start };
  if (type === 'tableCell' || type === 'tableHeader')
    return { colSpan: attrs.colspan, rowSpan: attrs.rowspan };
  return type === 'taskList' ? { 'data-type': 'taskList' } : {};
}

function marked({ text, marks = [] }: DraftNode): ReactNode {
  return marks.reduce<ReactNode>((inner, mark) => {
    const tag = MARK_TAGS[mark.type];
    return tag ? createElement(tag, undefined, inner) : <u>{inner}</u>;
  }, text);
}
