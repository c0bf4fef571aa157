import { Link } from 'wouter';
import type { Failure } from '../../../shared/errors.ts';
import { usePerson } from '../../lib/me.ts';
import { useWords } from '../../lib/words.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { entryWords } from './words.ts';

/** No access: says who this device is and who can help. */
export function NoAccess() {
  const words = useWords(entryWords);
  const person = usePerson();
  return (
    <Empty
      title={words.noAccess}
      note={person ? words.noAccessPerson(person.name) : words.noAccessAnonymous}
      action={
        <>
          {!person && (
            <LinkButton href={`/sign-in?to=${encodeURIComponent(location.pathname)}`} kind="primary">
              {words.signIn}
            </LinkButton>
          )}
          <LinkButton href="/j">{words.enterCode}</LinkButton>
          <LinkButton href="/" kind="quiet">
            {words.toHome}
          </LinkButton>
        </>
      }
    />
  );
}

/** In place of an answer that did not come: no access, not there, or what went wrong with a way to try again. */
export function Trouble({ failure, retry }: { failure: Failure; retry: () => void }) {
  const words = useWords(entryWords);
  if (failure.code === 'FORBIDDEN' || failure.code === 'UNAUTHENTICATED') return <NoAccess />;
  if (failure.code === 'NOT_FOUND' || failure.reason === 'id.form' || failure.code === 'INVALID_INPUT')
    return (
      <Empty title={words.notFound} note={words.notFoundNote} action={<Link href="/">{words.toHome}</Link>} />
    );
  return <ErrorNote failure={failure} onRetry={retry} />;
}
