import { useTitle } from '../../lib/title.ts';
import { useWords } from '../../lib/words.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { entryWords } from './words.ts';
import { EntryFrame } from './EntryFrame.tsx';

export default function NotFoundPage() {
  const words = useWords(entryWords);
  useTitle(words.notFound);
  return (
    <EntryFrame>
      <Empty
        title={words.notFound}
        note={words.notFoundNote}
        action={
          <>
            <LinkButton href="/" kind="primary">
              {words.toHome}
            </LinkButton>
            <LinkButton href="/j">{words.enterCode}</LinkButton>
          </>
        }
      />
    </EntryFrame>
  );
}
