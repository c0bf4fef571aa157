import type { Room } from '../../../shared/contract/rooms.ts';
import { useWords } from '../../lib/words.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Field, Select, TextInput } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import styles from './PromptRows.module.css';
import { officeWords } from './words.ts';

type Prompt = Room['prompts'][number];

/** The questions that open the talk, each for one side or both. */
export function PromptRows({
  prompts,
  onChange,
  errorOf,
}: {
  prompts: readonly Prompt[];
  onChange: (prompts: Prompt[]) => void;
  errorOf: (path: string) => string | undefined;
}) {
  const words = useWords(officeWords);
  const change = (index: number, part: Partial<Prompt>) =>
    onChange(prompts.map((prompt, n) => (n === index ? { ...prompt, ...part } : prompt)));
  return (
    <fieldset className={styles.prompts}>
      <legend>{words.prompts}</legend>
      {prompts.map((prompt, n) => (
        <div key={n} className={styles.row}>
          <Field quiet label={words.promptSideN(n + 1)}>
            <Select
              value={prompt.side}
              onChange={(event) => change(n, { side: event.target.value as Prompt['side'] })}
            >
              <option value="both">{words.sideBoth}</option>
              <option value="break">{words.break}</option>
              <option value="build">{words.build}</option>
            </Select>
          </Field>
          <div className={styles.texts}>
            <Field quiet label={words.promptN(n + 1)} error={errorOf(`prompts.${n}.zh`)}>
              <TextInput
                placeholder={words.promptN(n + 1)}
                value={prompt.zh}
                onChange={(event) => change(n, { zh: event.target.value })}
              />
            </Field>
            <Field quiet label={words.promptEnN(n + 1)} error={errorOf(`prompts.${n}.en`)}>
              <TextInput
                lang="en"
                placeholder={words.promptEnN(n + 1)}
                value={prompt.en}
                onChange={(event) => change(n, { en: event.target.value })}
              />
            </Field>
          </div>
          <IconButton
            label={words.removePrompt(n + 1)}
            onClick={() => onChange(prompts.filter((_, i) => i !== n))}
          >
            <Icon name="close" />
          </IconButton>
        </div>
      ))}
      <div>
        <Button
          small
          disabled={prompts.length >= 20}
          onClick={() => onChange([...prompts, { side: 'both', zh: '', en: '' }])}
        >
          <Icon name="plus" size={16} />
          {words.addPrompt}
        </Button>
      </div>
    </fieldset>
  );
}
