import { useState } from 'react';
import {
  session as contract,
  type GuestLinkView,
  type RoomSession,
} from '../../../shared/contract/session.ts';
import { api } from '../../lib/api.ts';
import { useForm } from '../../lib/form.ts';
import { useAsk, useRefresh } from '../../lib/query.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Field, TextInput } from '../../ui/Field.tsx';
import { KeptNote } from '../../ui/KeptNote.tsx';
import { QrCode } from '../../ui/QrCode.tsx';
import styles from './InvitePanel.module.css';
import { sessionWords } from './words.ts';

function MakeGuest({ sessionId }: { sessionId: string }) {
  const words = useWords(sessionWords);
  const refresh = useRefresh();
  const form = useForm({
    key: `guest.${sessionId}`,
    initial: { name: '' },
    schema: contract.makeGuestLink.input,
    toInput: ({ name }) => ({ sessionId, name: name.trim() }),
    submit: async (input) => {
      await api.session.makeGuestLink(input);
      form.reset({ name: '' });
      await refresh('session.guestLinks');
    },
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <KeptNote form={form} />
      <div className={styles.make}>
        <Field label={words.guestName} error={form.errorOf('name')}>
          <TextInput
            placeholder={words.guestPlaceholder}
            value={form.value.name}
            onChange={(event) => form.set({ name: event.target.value })}
          />
        </Field>
        <Button type="submit" busy={form.busy}>
          {words.makeGuest}
        </Button>
      </div>
      {form.failure && <ErrorNote failure={form.failure} />}
    </form>
  );
}

function GuestRow({
  guest,
  onQr,
  onRevoke,
}: {
  guest: GuestLinkView;
  onQr: () => void;
  onRevoke: () => void;
}) {
  const words = useWords(sessionWords);
  const state = guest.revoked
    ? words.guestRevoked
    : guest.usedBy === ''
      ? words.guestWaiting
      : words.guestUsed(guest.usedBy);
  return (
    <li className={styles.guest}>
      <span className={styles.name}>
        {guest.name}
        <small>{state}</small>
      </span>
      {!guest.revoked && (
        <span className={styles.tools}>
          {guest.url !== '' && (
            <Button small kind="quiet" onClick={onQr}>
              {words.showQr}
            </Button>
          )}
          <Button small kind="quiet" onClick={onRevoke}>
            {words.revoke}
          </Button>
        </span>
      )}
    </li>
  );
}

/** One link a guest: made, sent, taken back. */
export function GuestLinks({ session }: { session: RoomSession }) {
  const words = useWords(sessionWords);
  const { sessionId } = session;
  const refresh = useRefresh();
  const { data, failure, retry } = useAsk('session.guestLinks', { sessionId });
  const [shown, setShown] = useState<GuestLinkView>();
  const [revoking, setRevoking] = useState<GuestLinkView>();
  const revoke = async () => {
    if (revoking) await api.session.revokeGuestLink({ sessionId, linkId: revoking.linkId });
    await refresh('session.guestLinks');
  };
  return (
    <Card pad className={styles.panel} aria-label={words.guests}>
      <h2>{words.guests}</h2>
      <small>{words.guestNote}</small>
      {failure && <ErrorNote failure={failure} onRetry={retry} />}
      {data && data.length > 0 && (
        <ul className={styles.guests}>
          {data.map((guest) => (
            <GuestRow
              key={guest.linkId}
              guest={guest}
              onQr={() => setShown(guest)}
              onRevoke={() => setRevoking(guest)}
            />
          ))}
        </ul>
      )}
      {session.phase !== 'ended' && <MakeGuest sessionId={sessionId} />}
      <Dialog
        open={shown !== undefined}
        onClose={() => setShown(undefined)}
        title={shown?.name}
        size="narrow"
      >
        {shown && (
          <div className={styles.sheet}>
            <QrCode text={shown.url} className={styles.qr} />
            <span className={styles.link}>{shown.url}</span>
            <CopyButton text={shown.url} label={words.copyLink} />
          </div>
        )}
      </Dialog>
      <ConfirmDialog
        open={revoking !== undefined}
        onClose={() => setRevoking(undefined)}
        title={words.revokeTitle}
        note={words.revokeNote(revoking?.name ?? '')}
        action={words.revoke}
        danger
        onConfirm={revoke}
      />
    </Card>
  );
}
