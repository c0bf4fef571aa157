import { useEffect, useRef, useState } from 'react';
import { useLocation, useParams } from 'wouter';
import type { InputOf } from '../../../shared/contract/index.ts';
import type { LinkView } from '../../../shared/contract/identity.ts';
import { api } from '../../lib/api.ts';
import { becomePerson, usePerson } from '../../lib/me.ts';
import { useAct, useAsk } from '../../lib/query.ts';
import { useTitle } from '../../lib/title.ts';
import { useWords } from '../../lib/words.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { AdminLinkForm } from './AdminLinkForm.tsx';
import { EntryFrame } from './EntryFrame.tsx';
import styles from './EntryForm.module.css';
import { GuestLinkForm } from './GuestLinkForm.tsx';
import { entryWords } from './words.ts';

type Use = (fields: Omit<InputOf<'identity.useLink'>, 'secret'>) => Promise<void>;

/** Uses the link, becomes its person, and goes where it leads. */
function useLinkUse(secret: string, view: LinkView | undefined): Use {
  const [, go] = useLocation();
  return async (fields) => {
    const me = await api.identity.useLink({ secret, ...fields });
    becomePerson(me);
    go(view?.sessionId ? `/s/${view.sessionId}` : '/', { replace: true });
  };
}

/** A personal link enters at once; only a device that is somebody else's is asked first. */
function PersonalEntry({ view, onUse }: { view: LinkView; onUse: Use }) {
  const words = useWords(entryWords);
  const { busy, failure, run } = useAct();
  const started = useRef(false);
  const enter = () => run(() => onUse({}));
  useEffect(() => {
    if (view.switches !== '' || started.current) return;
    started.current = true;
    void enter();
  });
  if (view.switches === '' && !failure)
    return (
      <p role="status" className={styles.lead}>
        {words.entering}
      </p>
    );
  return (
    <div className={styles.form}>
      <h1>{words.personalTitle(view.personName)}</h1>
      <p className={styles.lead}>{words.personalNote(view.campaignName)}</p>
      {view.switches !== '' && (
        <p className={styles.warn}>{words.switchNote(view.switches, view.personName)}</p>
      )}
      {failure && <ErrorNote failure={failure} />}
      <Button kind="primary" wide busy={busy} onClick={() => void enter()}>
        {view.switches === '' ? words.personalEnter(view.personName) : words.switchTo(view.personName)}
      </Button>
      {view.switches !== '' && (
        <LinkButton href="/" kind="quiet">
          {words.stay}
        </LinkButton>
      )}
    </div>
  );
}

function Landing({ secret, view }: { secret: string; view: LinkView }) {
  const use = useLinkUse(secret, view);
  if (view.kind === 'admin') return <AdminLinkForm secret={secret} view={view} onUse={use} />;
  if (view.kind === 'guest') return <GuestLinkForm secret={secret} view={view} onUse={use} />;
  return <PersonalEntry view={view} onUse={use} />;
}

/** `/l/:secret`: what the link opens, in plain words, before anything changes. */
export default function LinkPage() {
  const words = useWords(entryWords);
  const { secret = '' } = useParams();
  const person = usePerson();
  // The view is taken once: using the link makes it used, and the page must not answer that with an error.
  const [view, setView] = useState<LinkView>();
  const { data, failure } = useAsk('identity.link', { secret }, { when: view === undefined });
  useEffect(() => {
    if (data) setView((old) => old ?? data);
  }, [data]);
  useTitle(words.linkTitle);
  return (
    <EntryFrame>
      {view && <Landing secret={secret} view={view} />}
      {!view && !failure && <Skeleton rows={4} />}
      {!view && failure && (
        <>
          <ErrorNote failure={failure} />
          <div className={styles.other}>
            <LinkButton href={person ? '/' : '/sign-in'} kind="primary">
              {person ? words.toHome : words.signIn}
            </LinkButton>
            <LinkButton href="/j">{words.enterCode}</LinkButton>
          </div>
        </>
      )}
    </EntryFrame>
  );
}
