import { Toolbar } from '@base-ui/react/toolbar';
import type { Editor } from '@tiptap/react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useWords } from '../../lib/words.ts';
import { barPlace } from './bar-place.ts';
import { Tool } from './DraftTools.tsx';
import styles from './draft-tools.module.css';
import { boardWords } from './words.ts';

/** What can be done to the table that the caret is in, beside that table. `paper` scrolls it. */
export function TableTools({ editor, paper }: { editor: Editor; paper: RefObject<HTMLElement | null> }) {
  const words = useWords(boardWords);
  const bar = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ top: number; left: number }>();
  useEffect(() => {
    const around = paper.current;
    if (!around) return;
    const look = () => bar.current && setPlace(placeBeside(editor, around, bar.current));
    // Once more when the bar is drawn and its height is known.
    const drawn = new ResizeObserver(look);
    if (bar.current) drawn.observe(bar.current);
    drawn.observe(around);
    editor.on('transaction', look);
    around.addEventListener('scroll', look, { passive: true });
    return () => {
      drawn.disconnect();
      editor.off('transaction', look);
      around.removeEventListener('scroll', look);
    };
  }, [editor, paper]);
  const run = () => editor.chain().focus();
  const deeds: [string, () => void][] = [
    [words.rowAfter, () => run().addRowAfter().run()],
    [words.columnAfter, () => run().addColumnAfter().run()],
    [words.deleteRow, () => run().deleteRow().run()],
    [words.deleteColumn, () => run().deleteColumn().run()],
    [words.deleteTable, () => run().deleteTable().run()],
  ];
  return (
    <Toolbar.Root
      ref={bar}
      className={styles.tableTools}
      aria-label={words.tableTools}
      data-away={place === undefined || undefined}
      style={place}
    >
      {deeds.map(([label, deed]) => (
        <Tool key={label} label={label} onPress={deed}>
          {label}
        </Tool>
      ))}
    </Toolbar.Root>
  );
}

/** In px of what the paper holds, with the right end of the table; undefined when the caret is in no table. */
function placeBeside(editor: Editor, paper: HTMLElement, bar: HTMLElement) {
  const { $from } = editor.state.selection;
  let depth = $from.depth;
  while (depth > 0 && $from.node(depth).type.name !== 'table') depth--;
  const table = depth > 0 && editor.view.nodeDOM($from.before(depth));
  if (!(table instanceof HTMLElement)) return undefined;
  const box = paper.getBoundingClientRect();
  const own = table.getBoundingClientRect();
  const caret = editor.view.coordsAtPos($from.pos);
  const down = paper.scrollTop - box.top;
  const from = ({ top, bottom }: { top: number; bottom: number }) => ({
    top: top + down,
    bottom: bottom + down,
  });
  const view = { top: paper.scrollTop, bottom: paper.scrollTop + paper.clientHeight };
  const right = Math.min(own.right, box.right) - box.left;
  return {
    top: barPlace(from(own), view, from(caret), bar.offsetHeight),
    left: Math.max(own.left - box.left, right - bar.offsetWidth),
  };
}
