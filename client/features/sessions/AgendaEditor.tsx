import { useRef } from 'react';
import { newId } from '../../../shared/ids.ts';
import { useWords } from '../../lib/words.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Field, TextInput } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { isComposing } from '../../ui/ime.ts';
import { agendaSum, type ItemDraft, minutesOf, moved, overrun } from './agenda.ts';
import styles from './AgendaEditor.module.css';
import { sessionWords } from './words.ts';

interface AgendaProps {
  items: readonly ItemDraft[];
  planned: string;
  onChange: (items: ItemDraft[]) => void;
  /** Words for what is wrong at a path such as `agenda.0.title`. */
  errorOf: (path: string) => string | undefined;
}

function Sum({ items, planned }: { items: readonly ItemDraft[]; planned: string }) {
  const words = useWords(sessionWords);
  const total = minutesOf(planned);
  const sum = agendaSum(items);
  const over = overrun(items, total);
  const text =
    over > 0
      ? words.overrun(sum, over)
      : over < 0
        ? words.spare(sum, -over)
        : words.fits(sum, Number.isNaN(total) ? sum : total);
  return (
    <p className={over > 0 ? `${styles.sum} ${styles.over}` : styles.sum} role="status">
      {text}
    </p>
  );
}

/** The items in their order, minutes beside each, and whether they fit the plan. */
export function AgendaEditor({ items, planned, onChange, errorOf }: AgendaProps) {
  const words = useWords(sessionWords);
  const list = useRef<HTMLOListElement>(null);
  const change = (index: number, part: Partial<ItemDraft>) =>
    onChange(items.map((item, n) => (n === index ? { ...item, ...part } : item)));
  const move = (index: number, by: number) => onChange(moved(items, index, by));
  const add = () => {
    onChange([...items, { id: newId(), title: '', minutes: '5' }]);
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus(),
    );
  };
  return (
    <div className={styles.agenda}>
      <ol ref={list}>
        {items.map((item, n) => (
          <li
            key={item.id}
            className={styles.item}
            onKeyDown={(event) => {
              if (isComposing(event) || !event.altKey) return;
              if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
              event.preventDefault();
              move(n, event.key === 'ArrowUp' ? -1 : 1);
            }}
          >
            <span className={styles.no} aria-hidden="true">
              {n + 1}
            </span>
            <Field quiet label={words.itemTitle(n + 1)} error={errorOf(`agenda.${n}.title`)}>
              <TextInput
                value={item.title}
                placeholder={words.newItem}
                onChange={(event) => change(n, { title: event.target.value })}
              />
            </Field>
            <Field quiet label={words.itemMinutes(n + 1)} error={errorOf(`agenda.${n}.minutes`)}>
              <TextInput
                inputMode="numeric"
                className={styles.minutes}
                value={item.minutes}
                onChange={(event) => change(n, { minutes: event.target.value })}
              />
            </Field>
            <span className={styles.unit}>{words.minute}</span>
            <span className={styles.tools}>
              <IconButton label={words.up(n + 1)} disabled={n === 0} onClick={() => move(n, -1)}>
                <Icon name="up" />
              </IconButton>
              <IconButton
                label={words.down(n + 1)}
                disabled={n === items.length - 1}
                onClick={() => move(n, 1)}
              >
                <Icon name="down" />
              </IconButton>
              <IconButton
                label={words.removeItem(n + 1)}
                disabled={items.length === 1}
                onClick={() => onChange(items.filter((_, i) => i !== n))}
              >
                <Icon name="close" />
              </IconButton>
            </span>
          </li>
        ))}
      </ol>
      <div className={styles.foot}>
        <Button small onClick={add} disabled={items.length >= 40}>
          <Icon name="plus" size={16} />
          {words.addItem}
        </Button>
        <Sum items={items} planned={planned} />
      </div>
      <small className={styles.hint}>{words.agendaHint}</small>
    </div>
  );
}
