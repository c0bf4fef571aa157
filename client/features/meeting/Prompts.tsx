import { useState } from 'react';
import type { Room } from '../../../shared/contract/rooms.ts';
import { useAsk } from '../../lib/query.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useRoom } from './room.ts';
import common from './room.module.css';
import styles from './prompts.module.css';
import { promptWords } from './prompt-words.ts';

type Prompt = Pick<Room['prompts'][number], 'zh' | 'en'>;

/** The questions that open the talk of this room, folded; the one that is up stands above them. */
export default function Prompts() {
  const words = useWords(promptWords);
  const language = useLanguage();
  const { state, view } = useRoom();
  const { session } = view;
  const [open, setOpen] = useState(state.phase === 'draft');
  const asked = { campaignId: session?.campaignId ?? '' };
  const { data, failure, retry } = useAsk('rooms.list', asked, { when: open && session !== undefined });
  const prompts = data?.find((room) => room.roomId === session?.roomId)?.prompts ?? [];
  const { prompt } = state;
  return (
    <section className={styles.prompts} aria-label={words.prompts}>
      {prompt && state.phase !== 'ended' && <p className={styles.up}>{prompt[language] || prompt.zh}</p>}
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          {words.prompts}
          {prompts.length > 0 && <span className={common.num}> · {prompts.length}</span>}
        </summary>
        {open && !data && (failure ? <ErrorNote failure={failure} onRetry={retry} /> : <Skeleton rows={2} />)}
        {data && prompts.length === 0 && <p className={common.meta}>{words.none}</p>}
        <ul>
          {prompts.map((each, n) => (
            <Question key={n} prompt={each} />
          ))}
        </ul>
      </details>
    </section>
  );
}

function Question({ prompt }: { prompt: Prompt }) {
  const words = useWords(promptWords);
  const language = useLanguage();
  const { state, store, run, can } = useRoom();
  const meeting = state.phase === 'live' || state.phase === 'paused';
  const up = state.prompt?.zh === prompt.zh && state.prompt.en === prompt.en;
  const { zh, en } = prompt;
  const put = (): void => void run(() => store.act('session.prompt', up ? {} : { prompt: { zh, en } }));
  const said = prompt[language] || zh;
  return (
    <li aria-current={up ? 'true' : undefined}>
      <span>{said}</span>
      {can('session:steer') && meeting && (
        <Button small kind="quiet" aria-label={`${up ? words.takeDown : words.putUp}：${said}`} onClick={put}>
          {up ? words.takeDown : words.putUp}
        </Button>
      )}
    </li>
  );
}
