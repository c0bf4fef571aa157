import { useState } from 'react';
import type { z } from 'zod';
import { type Room, rooms } from '../../../shared/contract/rooms.ts';
import type { InputOf } from '../../../shared/contract/index.ts';
import { newId } from '../../../shared/ids.ts';
import { ROOM_KINDS } from '../../../shared/topic.ts';
import { api } from '../../lib/api.ts';
import { useForm } from '../../lib/form.ts';
import { useRefresh } from '../../lib/query.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Actions, Dialog } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Field, Select, TextInput } from '../../ui/Field.tsx';
import { KeptNote } from '../../ui/KeptNote.tsx';
import { toast } from '../../ui/toast.ts';
import styles from './Office.module.css';
import { PromptRows } from './PromptRows.tsx';
import { officeWords } from './words.ts';

const inputOf = (value: Pick<Room, 'kind' | 'name' | 'break' | 'build' | 'prompts'>) => {
  const old = value.break.trim();
  const build = value.build.trim();
  return {
    // A room without a name of its own is called by its pair.
    name: value.name.trim() || [old, build].filter(Boolean).join('、'),
    break: old,
    build,
    kind: value.kind,
    prompts: value.prompts
      .map((prompt) => ({ ...prompt, zh: prompt.zh.trim(), en: prompt.en.trim() }))
      .filter((prompt) => prompt.zh !== '' || prompt.en !== ''),
  };
};

/** A room's name, its two sides and the questions to talk about. */
export function RoomDialog({
  campaignId,
  room,
  onClose,
}: {
  campaignId: string;
  room: Room | undefined;
  onClose: () => void;
}) {
  const words = useWords(officeWords);
  const refresh = useRefresh();
  const [newRoomId] = useState(() => newId());
  const blank = {
    kind: 'pair' as const,
    name: '',
    break: '',
    build: '',
    prompts: [{ side: 'both' as const, zh: '', en: '' }],
  };
  const schema: z.ZodType<InputOf<'rooms.add'> | InputOf<'rooms.edit'>> = room
    ? rooms.edit.input
    : rooms.add.input;
  const form = useForm({
    key: `room.${room?.roomId ?? `new.${campaignId}`}`,
    initial: room
      ? {
          ...{ kind: room.kind, name: room.name, break: room.break, build: room.build },
          prompts: room.prompts,
        }
      : (blank as Pick<Room, 'kind' | 'name' | 'break' | 'build' | 'prompts'>),
    schema,
    toInput: (value) =>
      room
        ? { roomId: room.roomId, version: room.version, ...inputOf(value) }
        : { campaignId, roomId: newRoomId, ...inputOf(value) },
    submit: async (input) => {
      if ('version' in input) await api.rooms.edit(input);
      else await api.rooms.add(input);
      await refresh('rooms.list');
      toast(words.saved);
      onClose();
    },
  });
  const { value, set, errorOf } = form;
  const area = value.kind === 'area';
  return (
    <Dialog open onClose={onClose} title={room ? words.editRoom : words.addRoom} size="wide" keep>
      <form className={styles.stack} onSubmit={form.submit} noValidate>
        <KeptNote form={form} />
        <Field label={words.roomKind} hint={area ? words.areaHint : words.pairHint}>
          <Select
            value={value.kind}
            onChange={(event) => set({ kind: event.target.value === 'area' ? 'area' : 'pair' })}
          >
            {ROOM_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {kind === 'area' ? words.areaRoom : words.pairRoom}
              </option>
            ))}
          </Select>
        </Field>
        <div className={styles.two}>
          <Field label={area ? words.firstColumn : words.breakSide} error={errorOf('break')}>
            <TextInput value={value.break} onChange={(event) => set({ break: event.target.value })} />
          </Field>
          <Field label={area ? words.secondColumn : words.buildSide} error={errorOf('build')}>
            <TextInput value={value.build} onChange={(event) => set({ build: event.target.value })} />
          </Field>
        </div>
        <Field label={words.roomName} error={errorOf('name')}>
          <TextInput value={value.name} onChange={(event) => set({ name: event.target.value })} />
        </Field>
        <PromptRows prompts={value.prompts} onChange={(prompts) => set({ prompts })} errorOf={errorOf} />
        {form.failure && <ErrorNote failure={form.failure} />}
        <Actions>
          <Button type="submit" kind="primary" busy={form.busy}>
            {words.save}
          </Button>
        </Actions>
      </form>
    </Dialog>
  );
}
