import { useState } from 'react';
import type { z } from 'zod';
import { campaigns, type RosterPerson, type Unit } from '../../../shared/contract/campaigns.ts';
import type { InputOf } from '../../../shared/contract/index.ts';
import { newId } from '../../../shared/ids.ts';
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
import { officeWords } from './words.ts';

/** One person of the roster: the minimum that a meeting needs. */
export function PersonDialog({
  campaignId,
  units,
  person,
  onClose,
}: {
  campaignId: string;
  units: readonly Unit[];
  person: RosterPerson | undefined;
  onClose: () => void;
}) {
  const words = useWords(officeWords);
  const refresh = useRefresh();
  const [newPersonId] = useState(() => newId());
  const schema: z.ZodType<InputOf<'campaigns.addPerson'> | InputOf<'campaigns.editPerson'>> = person
    ? campaigns.editPerson.input
    : campaigns.addPerson.input;
  const form = useForm({
    key: `person.${person?.personId ?? `new.${campaignId}`}`,
    initial: {
      unitId: person?.unitId ?? (units.length === 1 ? (units[0]?.unitId ?? '') : ''),
      name: person?.name ?? '',
      position: person?.position ?? '',
      level: person?.level ?? '',
    },
    schema,
    toInput: ({ unitId, name, position, level }) => ({
      campaignId,
      unitId,
      name: name.trim(),
      position: position.trim(),
      level: level.trim(),
      ...(person ? { personId: person.personId, version: person.version } : { personId: newPersonId }),
    }),
    submit: async (input) => {
      if ('version' in input) await api.campaigns.editPerson(input);
      else await api.campaigns.addPerson(input);
      await refresh('campaigns.people', 'campaigns.units');
      toast(words.saved);
      onClose();
    },
  });
  const { value, set, errorOf } = form;
  return (
    <Dialog open onClose={onClose} title={person ? words.editPerson : words.addPerson} keep>
      <form className={styles.stack} onSubmit={form.submit} noValidate>
        <KeptNote form={form} />
        <div className={styles.two}>
          <Field label={words.personName} error={errorOf('name')}>
            <TextInput value={value.name} onChange={(event) => set({ name: event.target.value })} />
          </Field>
          <Field label={words.unit} error={errorOf('unitId')}>
            <Select value={value.unitId} onChange={(event) => set({ unitId: event.target.value })}>
              <option value="" disabled>
                {words.choose}
              </option>
              {units.map((unit) => (
                <option key={unit.unitId} value={unit.unitId}>
                  {unit.name}
                </option>
              ))}
            </Select>
          </Field>
          <Field label={words.position} optional error={errorOf('position')}>
            <TextInput value={value.position} onChange={(event) => set({ position: event.target.value })} />
          </Field>
          <Field label={words.level} optional hint={words.levelHint} error={errorOf('level')}>
            <TextInput value={value.level} onChange={(event) => set({ level: event.target.value })} />
          </Field>
        </div>
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
