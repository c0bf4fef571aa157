import { useState } from 'react';
import { useLocation, useParams } from 'wouter';
import type { RosterPerson, Unit } from '../../../shared/contract/campaigns.ts';
import { session as contract, type SessionView } from '../../../shared/contract/session.ts';
import { PHASE_LABEL } from '../../../shared/labels.ts';
import { api } from '../../lib/api.ts';
import { useForm } from '../../lib/form.ts';
import { useCan } from '../../lib/me.ts';
import { useAsk, useRefresh } from '../../lib/query.ts';
import { useTitle } from '../../lib/title.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { KeptNote } from '../../ui/KeptNote.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { toast } from '../../ui/toast.ts';
import { AppBar } from '../entry/AppBar.tsx';
import { NoAccess, Trouble } from '../entry/Trouble.tsx';
import { GuestLinks } from './GuestLinks.tsx';
import { InvitePanel } from './InvitePanel.tsx';
import { RosterOnly } from './RosterOnly.tsx';
import { draftOf, settingsOf } from './session-form.ts';
import { SessionFields } from './SessionFields.tsx';
import styles from './SessionPage.module.css';
import { sessionWords } from './words.ts';

interface Stock {
  session: SessionView;
  units: Unit[];
  roster: RosterPerson[];
}

function EditForm({ session, units, roster }: Stock) {
  const words = useWords(sessionWords);
  const refresh = useRefresh();
  const { sessionId, version } = session;
  const form = useForm({
    key: `session.${sessionId}`,
    initial: draftOf(session),
    schema: contract.edit.input,
    toInput: (value) => ({ sessionId, version, ...settingsOf(value) }),
    submit: async (input) => {
      await api.session.edit(input);
      await refresh('session.get', 'session.list', 'session.overview');
      toast(words.saved);
    },
  });
  const conflict = form.failure?.code === 'CONFLICT';
  return (
    <form className={styles.form} onSubmit={form.submit} noValidate>
      <KeptNote form={form} />
      {(session.phase === 'live' || session.phase === 'paused') && <small>{words.started}</small>}
      <SessionFields
        campaignId={session.campaignId}
        sessionId={sessionId}
        units={units}
        roster={roster}
        value={form.value}
        set={form.set}
        errorOf={form.errorOf}
      />
      {form.failure && <ErrorNote failure={form.failure} />}
      <div className={styles.save}>
        {conflict && <Button onClick={() => form.reset(draftOf(session))}>{words.loadTheirs}</Button>}
        <Button type="submit" kind="li" busy={form.busy} disabled={!form.touched}>
          {words.save}
        </Button>
      </div>
    </form>
  );
}

function RemoveSession({ session }: { session: SessionView }) {
  const words = useWords(sessionWords);
  const [asking, setAsking] = useState(false);
  const [, go] = useLocation();
  const refresh = useRefresh();
  const remove = async () => {
    await api.session.remove({ sessionId: session.sessionId });
    await refresh('session.list', 'session.overview');
    toast(words.removed);
    go(`/c/${session.campaignId}`);
  };
  return (
    <div className={styles.foot}>
      <Button small kind="danger" onClick={() => setAsking(true)}>
        {words.remove}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={words.remove}
        note={words.removeNote}
        action={words.remove}
        danger
        onConfirm={remove}
      />
    </div>
  );
}

function Desk({ session, units, roster }: Stock) {
  const words = useWords(sessionWords);
  const language = useLanguage();
  return (
    <>
      <div className={styles.head}>
        <h1>{session.title}</h1>
        <Tag
          tone={session.phase === 'ended' ? 'li' : session.phase === 'draft' ? 'plain' : 'po'}
          live={session.phase === 'live'}
        >
          {PHASE_LABEL[session.phase][language]}
        </Tag>
        <LinkButton href={`/s/${session.sessionId}/screen`}>{words.screen}</LinkButton>
        <LinkButton href={`/s/${session.sessionId}`} kind="primary">
          {words.enterRoom}
        </LinkButton>
      </div>
      <div className={styles.desk}>
        <div>
          <EditForm key={session.sessionId} session={session} units={units} roster={roster} />
          {session.phase === 'draft' && <RemoveSession session={session} />}
        </div>
        <aside className={styles.side}>
          <InvitePanel session={session} />
          <RosterOnly session={session} />
          <GuestLinks session={session} />
        </aside>
      </div>
    </>
  );
}

/** `/s/:sessionId/settings`: everything about a session, and the way in for others. */
export default function SessionSettingsPage() {
  const words = useWords(sessionWords);
  const { sessionId = '' } = useParams();
  const session = useAsk('session.get', { sessionId });
  const campaignId = session.data?.campaignId ?? '';
  const known = campaignId !== '';
  const edits = useCan('session:edit', { campaignId, sessionId });
  const units = useAsk('campaigns.units', { campaignId }, { when: known && edits });
  const roster = useAsk('campaigns.people', { campaignId }, { when: known && edits });
  useTitle(session.data?.title ?? words.settings);
  const asks = [session, units, roster];
  const failure = asks.find((ask) => ask.failure)?.failure;
  return (
    <>
      <AppBar campaignId={known ? campaignId : undefined} />
      <main className={classes(styles.main, styles.wide)}>
        {session.data && units.data && roster.data ? (
          <Desk session={session.data} units={units.data} roster={roster.data} />
        ) : failure ? (
          <Trouble failure={failure} retry={() => asks.forEach((ask) => ask.retry())} />
        ) : session.data && !edits ? (
          <NoAccess />
        ) : (
          <Skeleton height={420} />
        )}
      </main>
    </>
  );
}
