import { useEffect, useRef, useState } from 'react';
import type { DeniedReason, Hindrance } from '../../lib/doc/doc-status.ts';
import { copyText } from '../../lib/clipboard.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { toast } from '../../ui/toast.ts';
import { uiWords } from '../../ui/words.ts';
import styles from './board.module.css';
import type { Live } from './use-live.ts';
import { boardWords } from './words.ts';

type Words = (typeof boardWords)['zh'];

const sentences = (words: Words): Record<DeniedReason | Hindrance, string> => ({
  forbidden: words.deniedForbidden,
  'read-only': words.deniedForbidden,
  gone: words.deniedGone,
  unauthenticated: words.deniedUnauthenticated,
  outdated: words.deniedOutdated,
  'too-large': words.deniedTooLarge,
  damaged: words.deniedDamaged,
  elsewhere: words.deniedElsewhere,
  waits: words.waitsNote,
  stranded: words.strandedNote,
  full: words.fullNote,
});

/** What a fresh page may mend. */
const AGAIN = new Set<string | undefined>(['outdated', 'too-large', 'read-only', 'elsewhere']);

/** What is wrong with the line or the rights, what still works, and a way to rescue words that were not saved. */
export function StateStrip({ live }: { live: Live }) {
  return (
    <>
      <LineState live={live} />
      <KeptWords live={live} />
    </>
  );
}

const SHOWN = 300;

/** Words of an earlier page that wait on this device and are not in what is shown: nobody shall think that they are gone. */
function KeptWords({ live }: { live: Live }) {
  const words = useWords(boardWords);
  const { status, document, loaded } = live;
  const unseen = !loaded || ((status.kind === 'saving' || status.kind === 'unsaved') && status.waiting === 0);
  const [kept, setKept] = useState('');
  useEffect(() => {
    let left = false;
    if (!unseen) setKept('');
    else void document.unsavedWords().then((found) => left || setKept(found.trim()));
    return () => {
      left = true;
    };
  }, [document, unseen, status.kind]);
  if (!unseen || kept === '') return null;
  return (
    <div className={styles.strip} role="status">
      <p>
        {words.unsavedKept} <q>{kept.length > SHOWN ? `${kept.slice(0, SHOWN)}…` : kept}</q>
      </p>
      <Rescue live={live} stranded={false} />
    </div>
  );
}

function LineState({ live }: { live: Live }) {
  const words = useWords(boardWords);
  const { kind, reason, waiting, kept } = live.status;
  const denied = kind === 'denied';
  const rescue = waiting > 0 && (denied || kind === 'unsaved' || (kind === 'offline' && !kept));
  const sentence = denied
    ? sentences(words)[reason ?? 'forbidden']
    : kind === 'unsaved'
      ? reason
        ? sentences(words)[reason]
        : words.unsavedNote
      : kind === 'offline'
        ? live.loaded
          ? words.offlineNote
          : words.notLoaded
        : undefined;
  if (sentence === undefined) return null;
  const again = denied && AGAIN.has(reason);
  return (
    <div className={classes(styles.strip, denied && styles.stripBad)} role="status">
      <p>
        {sentence} {!kept && waiting > 0 && words.unkeptNote}
      </p>
      {rescue && <Rescue live={live} stranded={reason === 'stranded'} />}
      {(reason === 'waits' || (again && waiting === 0)) && (
        <Button small onClick={() => location.reload()}>
          {words.reload}
        </Button>
      )}
    </div>
  );
}

function Rescue({ live, stranded }: { live: Live; stranded: boolean }) {
  const words = useWords(boardWords);
  const said = useWords(uiWords);
  const self = useRef<HTMLSpanElement>(null);
  const [rescued, setRescued] = useState(false);
  const copy = async () => {
    const done = await copyText(await live.document.unsavedWords(), self.current ?? undefined);
    if (done) setRescued(true);
    toast(done ? said.copied : said.copyByHand, done ? 'done' : 'bad');
  };
  const save = async () => {
    const file = new Blob([await live.document.unsavedWords()], { type: 'text/plain;charset=utf-8' });
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file);
    link.download = words.unsavedFile;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    setRescued(true);
  };
  return (
    <span className={styles.rescue} ref={self}>
      <Button small onClick={() => void copy()}>
        {words.copyUnsaved}
      </Button>
      <Button small onClick={() => void save()}>
        {words.saveUnsaved}
      </Button>
      {stranded && rescued && (
        <Button small onClick={() => live.document.forgetStranded()}>
          {words.forgetStranded}
        </Button>
      )}
    </span>
  );
}
