import { type FormEvent, useState } from 'react';
import { api } from '../../lib/api.ts';
import { useAct, useAsk, useRefresh } from '../../lib/query.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Field, TextInput } from '../../ui/Field.tsx';
import { Tag } from '../../ui/Tag.tsx';
import styles from './room.module.css';
import { meetingWords } from './words.ts';

/** A personal link for each guest; it ends with the session. */
export function GuestLinks({ sessionId }: { sessionId: string }) {
  const words = useWords(meetingWords);
  const links = useAsk('session.guestLinks', { sessionId });
  const refresh = useRefresh();
  const { busy, failure, run } = useAct();
  const [name, setName] = useState('');
  const [made, setMade] = useState('');
  const make = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    await run(async () => {
      const link = await api.session.makeGuestLink({ sessionId, name });
      setMade(link.url);
      setName('');
      await refresh('session.guestLinks');
    });
  };
  const revoke = (linkId: string): void =>
    void run(async () => {
      await api.session.revokeGuestLink({ sessionId, linkId });
      await refresh('session.guestLinks');
    });
  return (
    <section className={styles.guests} aria-label={words.guests}>
      <h3>{words.guests}</h3>
      <p className={styles.meta}>{words.guestsNote}</p>
      <form className={styles.guestForm} onSubmit={(event) => void make(event)}>
        <Field label={words.guestName} className={styles.grow}>
          <TextInput value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Button type="submit" busy={busy} disabled={name.trim() === ''}>
          {words.makeLink}
        </Button>
      </form>
      {failure && <ErrorNote failure={failure} />}
      {made !== '' && (
        <div className={styles.row}>
          <span className={styles.linkText}>{made}</span>
          <CopyButton text={made} small />
        </div>
      )}
      <ul className={styles.guestList}>
        {links.data
          ?.filter((link) => !link.revoked)
          .map((link) => (
            <li key={link.linkId} className={styles.row}>
              <span className={styles.grow}>{link.name}</span>
              {link.usedBy !== '' ? <Tag tone="li">{words.linkUsed}</Tag> : <Tag>{words.linkOpen}</Tag>}
              {link.usedBy === '' && link.url !== '' && <CopyButton text={link.url} small />}
              <Button small kind="quiet" onClick={() => revoke(link.linkId)}>
                {words.revoke}
              </Button>
            </li>
          ))}
      </ul>
    </section>
  );
}
