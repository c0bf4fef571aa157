import { useState } from 'react';
import { usePerson } from '../../lib/me.ts';
import { useAsk } from '../../lib/query.ts';
import { useWords } from '../../lib/words.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import styles from './FirstSteps.module.css';
import { firstSteps, nextStep, type Step } from './first-steps.ts';
import { homeWords } from './words.ts';

const WHERE = {
  people: (campaignId: string) => `/c/${campaignId}/settings/people`,
  moderator: (campaignId: string) => `/c/${campaignId}/settings/roles`,
  session: (campaignId: string) => `/c/${campaignId}/sessions/new`,
} satisfies Record<Step['name'], (campaignId: string) => string>;

/** Where the browser keeps nothing the list comes again: it is only in the way then. */
function keptAway(key: string): boolean {
  try {
    return localStorage.getItem(key) === '1';
  } catch {
    return false;
  }
}
function keepAway(key: string): void {
  try {
    localStorage.setItem(key, '1');
  } catch {
    // Gone until the page is loaded again.
  }
}

/** The steps that are shown, the one to do now, and how they are put away. */
export interface Guide {
  steps: Step[];
  next: Step;
  putAway: () => void;
}

/** What is still to be done before the first meeting, for who sets the campaign up (`when`); undefined: it is done, put away or not known yet. */
export function useGuide(campaignId: string, sessions: boolean, when: boolean): Guide | undefined {
  const person = usePerson();
  const key = `poli.first-steps.${campaignId}.${person?.personId ?? ''}`;
  const [away, setAway] = useState(() => keptAway(key));
  const units = useAsk('campaigns.units', { campaignId }, { when: when && !away });
  const grants = useAsk('identity.grants', { campaignId }, { when: when && !away });
  if (!when || away || !units.data || !grants.data) return undefined;
  const steps = firstSteps({ units: units.data, grants: grants.data, sessions });
  const next = nextStep(steps);
  if (!next) return undefined;
  const putAway = () => {
    keepAway(key);
    setAway(true);
  };
  return { steps, next, putAway };
}

export function FirstSteps({ campaignId, guide }: { campaignId: string; guide: Guide }) {
  const words = useWords(homeWords);
  const { steps, next, putAway } = guide;
  return (
    <Card pad className={styles.card} aria-label={words.firstSteps}>
      <div className={styles.head}>
        <h2>{words.firstSteps}</h2>
        <Button small kind="quiet" onClick={putAway}>
          {words.putAway}
        </Button>
      </div>
      <ol className={styles.steps}>
        {steps.map((step, n) => (
          <li
            key={step.name}
            className={step.done ? styles.done : undefined}
            aria-current={step === next ? 'step' : undefined}
          >
            <span className={styles.mark} aria-hidden="true">
              {step.done ? <Icon name="check" size={16} /> : n + 1}
            </span>
            <span className={styles.what}>
              <b>{words.step(step.name)}</b>
              {step.done ? (
                <VisuallyHidden>{words.past}</VisuallyHidden>
              ) : (
                <small>{words.stepNote(step.name)}</small>
              )}
            </span>
            {!step.done && (
              <LinkButton
                href={WHERE[step.name](campaignId)}
                small
                {...(step === next && { kind: 'primary' as const })}
              >
                {words.stepDeed(step.name)}
              </LinkButton>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}
