import { Toolbar } from '@base-ui/react/toolbar';
import { type Editor, useEditorState } from '@tiptap/react';
import type { ReactNode } from 'react';
import { useWords } from '../../lib/words.ts';
import { BoardIcon } from './BoardIcon.tsx';
import styles from './draft-tools.module.css';
import { boardWords } from './words.ts';

interface ToolProps {
  label: string;
  /** Undefined for what is done and not switched. */
  on?: boolean;
  disabled?: boolean;
  onPress: () => void;
  children: ReactNode;
}

export function Tool({ label, on, disabled = false, onPress, children }: ToolProps) {
  return (
    <Toolbar.Button
      className={styles.tool}
      aria-label={label}
      title={label}
      aria-pressed={on}
      disabled={disabled}
      // The text keeps its focus and selection.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPress}
    >
      {children}
    </Toolbar.Button>
  );
}

const LEVELS = [1, 2, 3] as const;

/** The draft's tools: one stop of the Tab key, then arrows. */
export function DraftTools({ editor }: { editor: Editor }) {
  const words = useWords(boardWords);
  const now = useEditorState({
    editor,
    selector: ({ editor: e }) => ({
      level: LEVELS.find((level) => e.isActive('heading', { level })) ?? 0,
      bold: e.isActive('bold'),
      italic: e.isActive('italic'),
      underline: e.isActive('underline'),
      bullets: e.isActive('bulletList'),
      numbers: e.isActive('orderedList'),
      tasks: e.isActive('taskList'),
      quote: e.isActive('blockquote'),
      table: e.isActive('table'),
      canUndo: e.can().undo(),
      canRedo: e.can().redo(),
    }),
  });
  const run = () => editor.chain().focus();
  const setLevel = (level: number) => {
    const known = LEVELS.find((each) => each === level);
    if (known) run().setHeading({ level: known }).run();
    else run().setParagraph().run();
  };
  return (
    <Toolbar.Root className={styles.tools} aria-label={words.draftTools}>
      <Tool label={words.undo} disabled={!now.canUndo} onPress={() => run().undo().run()}>
        <BoardIcon name="undo" />
      </Tool>
      <Tool label={words.redo} disabled={!now.canRedo} onPress={() => run().redo().run()}>
        <BoardIcon name="redo" />
      </Tool>
      <Toolbar.Separator className={styles.gap} />
      <select
        className={styles.style}
        aria-label={words.style}
        value={now.level}
        onChange={(event) => setLevel(Number(event.target.value))}
      >
        <option value={0}>{words.body}</option>
        {LEVELS.map((level) => (
          <option key={level} value={level}>
            {words.heading(level)}
          </option>
        ))}
      </select>
      <Toolbar.Separator className={styles.gap} />
      <Tool label={words.bold} on={now.bold} onPress={() => run().toggleBold().run()}>
        <b>B</b>
      </Tool>
      <Tool label={words.italic} on={now.italic} onPress={() => run().toggleItalic().run()}>
        <i>I</i>
      </Tool>
      <Tool label={words.underline} on={now.underline} onPress={() => run().toggleUnderline().run()}>
        <u>U</u>
      </Tool>
      <Toolbar.Separator className={styles.gap} />
      <Tool label={words.bullets} on={now.bullets} onPress={() => run().toggleBulletList().run()}>
        <BoardIcon name="bullets" />
      </Tool>
      <Tool label={words.numbers} on={now.numbers} onPress={() => run().toggleOrderedList().run()}>
        <BoardIcon name="numbers" />
      </Tool>
      <Tool label={words.tasks} on={now.tasks} onPress={() => run().toggleTaskList().run()}>
        <BoardIcon name="tasks" />
      </Tool>
      <Tool label={words.quote} on={now.quote} onPress={() => run().toggleBlockquote().run()}>
        <BoardIcon name="quote" />
      </Tool>
      <Tool
        label={words.table}
        disabled={now.table}
        onPress={() => run().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run()}
      >
        <BoardIcon name="table" />
      </Tool>
    </Toolbar.Root>
  );
}
