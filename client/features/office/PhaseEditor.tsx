import type { PhaseRow } from '../../../shared/contract/campaigns.ts';
import { useWords } from '../../lib/words.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Field, TextArea, TextInput } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import styles from './PhaseEditor.module.css';
import { officeWords } from './words.ts';

interface PhaseProps {
  phases: readonly PhaseRow[];
  current: number;
  onChange: (phases: PhaseRow[], current: number) => void;
  errorOf: (path: string) => string | undefined;
}

/** Where the current phase stands after one was taken out. */
function currentAfterRemoval(current: number, removed: number, left: number): number {
  const next = removed < current ? current - 1 : current;
  return Math.max(0, Math.min(next, left - 1));
}

function PhaseFields({
  phase,
  n,
  change,
  errorOf,
}: {
  phase: PhaseRow;
  n: number;
  change: (part: Partial<PhaseRow>) => void;
  errorOf: PhaseProps['errorOf'];
}) {
  const words = useWords(officeWords);
  const at = (name: string) => errorOf(`phases.${n}.${name}`);
  return (
    <div className={styles.fields}>
      <Field label={words.phaseName} error={at('name')}>
        <TextInput value={phase.name} onChange={(event) => change({ name: event.target.value })} />
      </Field>
      <Field label={words.phaseDates} error={at('dates')}>
        <TextInput
          placeholder={words.phaseDatesHint}
          value={phase.dates}
          onChange={(event) => change({ dates: event.target.value })}
        />
      </Field>
      <Field label={words.phaseWork} error={at('work')}>
        <TextArea rows={2} value={phase.work} onChange={(event) => change({ work: event.target.value })} />
      </Field>
      <Field label={words.phaseDeliverables} error={at('deliverables')}>
        <TextArea
          rows={2}
          value={phase.deliverables}
          onChange={(event) => change({ deliverables: event.target.value })}
        />
      </Field>
    </div>
  );
}

/** The phases in their order, and which one is now. */
export function PhaseEditor({ phases, current, onChange, errorOf }: PhaseProps) {
  const words = useWords(officeWords);
  const change = (index: number, part: Partial<PhaseRow>) =>
    onChange(
      phases.map((phase, n) => (n === index ? { ...phase, ...part } : phase)),
      current,
    );
  const add = () => onChange([...phases, { name: '', dates: '', work: '', deliverables: '' }], current);
  const remove = (index: number) =>
    onChange(
      phases.filter((_, n) => n !== index),
      currentAfterRemoval(current, index, phases.length - 1),
    );
  return (
    <Card pad className={styles.phases} aria-label={words.phases}>
      <div>
        <h2>{words.phases}</h2>
        <small>{words.phasesHint}</small>
      </div>
      {phases.map((phase, n) => (
        <section key={n} className={styles.phase} aria-label={words.phaseN(n + 1)}>
          <div className={styles.head}>
            <b>{words.phaseN(n + 1)}</b>
            <label className={styles.now}>
              <input
                type="radio"
                name="current-phase"
                checked={current === n}
                onChange={() => onChange([...phases], n)}
              />
              {words.phaseNow}
            </label>
            <IconButton label={words.removePhase(n + 1)} onClick={() => remove(n)}>
              <Icon name="close" />
            </IconButton>
          </div>
          <PhaseFields phase={phase} n={n} change={(part) => change(n, part)} errorOf={errorOf} />
        </section>
      ))}
      <div>
        <Button small onClick={add} disabled={phases.length >= 12}>
          <Icon name="plus" size={16} />
          {words.addPhase}
        </Button>
      </div>
    </Card>
  );
}
