import { newId } from '../../../shared/ids.ts';
import { useWords } from '../../lib/words.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Field, TextInput } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import styles from './PairRows.module.css';
import { officeWords } from './words.ts';

export interface PairDraft {
  id: string;
  break: string;
  build: string;
}

/** The pairs that say something; empty lines do not count. */
export function givenPairs(pairs: readonly PairDraft[]): { break: string; build: string }[] {
  return pairs
    .map((pair) => ({ break: pair.break.trim(), build: pair.build.trim() }))
    .filter((pair) => pair.break !== '' || pair.build !== '');
}

/** n破n立: lines of 破 and 立 as the campaign's own. */
export function PairRows({
  pairs,
  onChange,
  error,
}: {
  pairs: readonly PairDraft[];
  onChange: (pairs: PairDraft[]) => void;
  error: string | undefined;
}) {
  const words = useWords(officeWords);
  const change = (id: string, part: Partial<PairDraft>) =>
    onChange(pairs.map((pair) => (pair.id === id ? { ...pair, ...part } : pair)));
  return (
    <fieldset className={styles.pairs}>
      <legend>{words.pairs}</legend>
      {pairs.map((pair, n) => (
        <div key={pair.id} className={styles.row}>
          <Field quiet label={words.breakN(n + 1)} className={styles.po}>
            <TextInput
              placeholder={words.breakExample}
              value={pair.break}
              onChange={(event) => change(pair.id, { break: event.target.value })}
            />
          </Field>
          <Field quiet label={words.buildN(n + 1)} className={styles.li}>
            <TextInput
              placeholder={words.buildExample}
              value={pair.build}
              onChange={(event) => change(pair.id, { build: event.target.value })}
            />
          </Field>
          <IconButton
            label={words.removePair(n + 1)}
            disabled={pairs.length === 1}
            onClick={() => onChange(pairs.filter((other) => other.id !== pair.id))}
          >
            <Icon name="close" />
          </IconButton>
        </div>
      ))}
      {error !== undefined && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      <div>
        <Button
          small
          disabled={pairs.length >= 30}
          onClick={() => onChange([...pairs, { id: newId(), break: '', build: '' }])}
        >
          <Icon name="plus" size={16} />
          {words.addPair}
        </Button>
      </div>
    </fieldset>
  );
}
