import { useState } from 'react';
import { useLocation, useParams, useSearch } from 'wouter';
import type { RosterPerson, Unit } from '../../../shared/contract/campaigns.ts';
import type { Room } from '../../../shared/contract/rooms.ts';
import { session } from '../../../shared/contract/session.ts';
import { newId } from '../../../shared/ids.ts';
import { api } from '../../lib/api.ts';
import { useForm } from '../../lib/form.ts';
import { usePerson } from '../../lib/me.ts';
import { useAsk, useRefresh } from '../../lib/query.ts';
import { useTitle } from '../../lib/title.ts';
import { topicName } from '../../../shared/topic.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Field, Select } from '../../ui/Field.tsx';
import { KeptNote } from '../../ui/KeptNote.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { toast } from '../../ui/toast.ts';
import { AppBar } from '../entry/AppBar.tsx';
import { Trouble } from '../entry/Trouble.tsx';
import { newDraft, settingsOf } from './session-form.ts';
import { SessionFields } from './SessionFields.tsx';
import styles from './SessionPage.module.css';
import { sessionWords } from './words.ts';

interface Stock {
  campaignId: string;
  rooms: Room[];
  units: Unit[];
  roster: RosterPerson[];
}

function NewForm({ campaignId, rooms, units, roster }: Stock) {
  const words = useWords(sessionWords);
  const [, go] = useLocation();
  const refresh = useRefresh();
  const person = usePerson();
  const asked = new URLSearchParams(useSearch()).get('room');
  const [sessionId] = useState(() => newId());
  const first = rooms.find((room) => room.roomId === asked) ?? rooms[0];
  const own =
    units.find((unit) => unit.unitId === person?.unitId) ?? (units.length === 1 ? units[0] : undefined);
  const form = useForm({
    key: `new-session.${campaignId}`,
    initial: newDraft(first, own?.unitId ?? '', words),
    schema: session.create.input,
    toInput: (value) => ({ campaignId, sessionId, roomId: value.roomId, ...settingsOf(value) }),
    submit: async (input) => {
      await api.session.create(input);
      await refresh('session.list', 'session.overview');
      toast(words.created);
      go(`/s/${sessionId}/settings`);
    },
  });
  const chooseRoom = (roomId: string) => {
    const titleOf = (id: string) =>
      newDraft(
        rooms.find((room) => room.roomId === id),
        '',
        words,
      ).title;
    const untouched = form.value.title === titleOf(form.value.roomId);
    form.set({ roomId, ...(untouched && { title: titleOf(roomId) }) });
  };
  return (
    <form className={styles.form} onSubmit={form.submit} noValidate>
      <KeptNote form={form} />
      <Card pad>
        <Field label={words.room} error={form.errorOf('roomId')}>
          <Select value={form.value.roomId} onChange={(event) => chooseRoom(event.target.value)}>
            {rooms.map((room) => (
              <option key={room.roomId} value={room.roomId}>
                {topicName(room)}
              </option>
            ))}
          </Select>
        </Field>
      </Card>
      <SessionFields
        campaignId={campaignId}
        units={units}
        roster={roster}
        value={form.value}
        set={form.set}
        errorOf={form.errorOf}
      />
      {form.failure && <ErrorNote failure={form.failure} />}
      <div className={styles.save}>
        <small>{words.newNote}</small>
        <Button type="submit" kind="primary" busy={form.busy}>
          {words.create}
        </Button>
      </div>
    </form>
  );
}

/** `/c/:campaignId/sessions/new?room=…` */
export default function NewSessionPage() {
  const words = useWords(sessionWords);
  const { campaignId = '' } = useParams();
  const rooms = useAsk('rooms.list', { campaignId });
  const units = useAsk('campaigns.units', { campaignId });
  const roster = useAsk('campaigns.people', { campaignId });
  useTitle(words.newSession);
  const asks = [rooms, units, roster];
  const failure = asks.find((ask) => ask.failure)?.failure;
  return (
    <>
      <AppBar campaignId={campaignId} />
      <main className={styles.main}>
        <h1>{words.newSession}</h1>
        {rooms.data && units.data && roster.data ? (
          <NewForm campaignId={campaignId} rooms={rooms.data} units={units.data} roster={roster.data} />
        ) : failure ? (
          <Trouble failure={failure} retry={() => asks.forEach((ask) => ask.retry())} />
        ) : (
          <Skeleton height={420} />
        )}
      </main>
    </>
  );
}
