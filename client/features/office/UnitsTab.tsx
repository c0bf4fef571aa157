import { useState } from 'react';
import type { z } from 'zod';
import { campaigns, type Unit } from '../../../shared/contract/campaigns.ts';
import type { InputOf } from '../../../shared/contract/index.ts';
import { newId } from '../../../shared/ids.ts';
import { api } from '../../lib/api.ts';
import { useForm } from '../../lib/form.ts';
import { useCan } from '../../lib/me.ts';
import { useAct, useAsk, useRefresh } from '../../lib/query.ts';
import { useWords } from '../../lib/words.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Actions, Dialog } from '../../ui/Dialog.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Field, TextInput } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { KeptNote } from '../../ui/KeptNote.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { toast } from '../../ui/toast.ts';
import { Trouble } from '../entry/Trouble.tsx';
import { BoardSizes } from './BoardSizes.tsx';
import styles from './Office.module.css';
import { reordered } from './order.ts';
import { RemoveDialog } from './RemoveDialog.tsx';
import { officeWords } from './words.ts';

function UnitDialog({
  campaignId,
  unit,
  onClose,
}: {
  campaignId: string;
  unit: Unit | undefined;
  onClose: () => void;
}) {
  const words = useWords(officeWords);
  const refresh = useRefresh();
  const [newUnitId] = useState(() => newId());
  const schema: z.ZodType<InputOf<'campaigns.addUnit'> | InputOf<'campaigns.editUnit'>> = unit
    ? campaigns.editUnit.input
    : campaigns.addUnit.input;
  const form = useForm({
    key: `unit.${unit?.unitId ?? `new.${campaignId}`}`,
    initial: { name: unit?.name ?? '' },
    schema,
    toInput: ({ name }) =>
      unit
        ? { campaignId, unitId: unit.unitId, version: unit.version, order: unit.order, name: name.trim() }
        : { campaignId, unitId: newUnitId, name: name.trim() },
    submit: async (input) => {
      if ('version' in input) await api.campaigns.editUnit(input);
      else await api.campaigns.addUnit(input);
      await refresh('campaigns.units', 'campaigns.people');
      toast(words.saved);
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} title={unit ? words.editUnit : words.addUnit} size="narrow" keep>
      <form className={styles.stack} onSubmit={form.submit} noValidate>
        <KeptNote form={form} />
        <Field label={words.unitName} error={form.errorOf('name')}>
          <TextInput value={form.value.name} onChange={(event) => form.set({ name: event.target.value })} />
        </Field>
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

interface ListProps {
  campaignId: string;
  units: readonly Unit[];
  edits: boolean;
  onEdit: (unit: Unit) => void;
  onRemove: (unit: Unit) => void;
}

function UnitList({ campaignId, units, edits, onEdit, onRemove }: ListProps) {
  const words = useWords(officeWords);
  const refresh = useRefresh();
  const { busy, failure, run } = useAct();
  const mayAsk = useCan('campaign:edit', { campaignId });
  const { data: sizes } = useAsk('board.sizes', { campaignId }, { when: mayAsk });
  const move = async (index: number, by: number) => {
    await run(async () => {
      for (const { thing, order } of reordered(units, index, by)) {
        const { unitId, version, name } = thing;
        await api.campaigns.editUnit({ campaignId, unitId, version, name, order });
      }
    });
    await refresh('campaigns.units');
  };
  return (
    <>
      {failure && <ErrorNote failure={failure} />}
      <Card>
        <ol className={styles.items}>
          {units.map((unit, n) => (
            <li key={unit.unitId} className={styles.item}>
              <span className={styles.what}>
                <b>{unit.name}</b>
                <small>{words.people(unit.people)}</small>
                <BoardSizes size={sizes?.find(({ unitId }) => unitId === unit.unitId)} />
              </span>
              {edits && (
                <span className={styles.tools}>
                  <IconButton
                    label={words.upN(n + 1)}
                    disabled={busy || n === 0}
                    onClick={() => void move(n, -1)}
                  >
                    <Icon name="up" />
                  </IconButton>
                  <IconButton
                    label={words.downN(n + 1)}
                    disabled={busy || n === units.length - 1}
                    onClick={() => void move(n, 1)}
                  >
                    <Icon name="down" />
                  </IconButton>
                  <IconButton label={words.editOf(unit.name)} onClick={() => onEdit(unit)}>
                    <Icon name="edit" />
                  </IconButton>
                  <IconButton label={words.removeOf(unit.name)} onClick={() => onRemove(unit)}>
                    <Icon name="trash" />
                  </IconButton>
                </span>
              )}
            </li>
          ))}
        </ol>
      </Card>
    </>
  );
}

/** The units in the order that lists and exports keep. */
export function UnitsTab({ campaignId }: { campaignId: string }) {
  const words = useWords(officeWords);
  const refresh = useRefresh();
  const edits = useCan('roster:edit', { campaignId });
  const { data, failure, retry } = useAsk('campaigns.units', { campaignId });
  const [editing, setEditing] = useState<Unit | 'new'>();
  const [removing, setRemoving] = useState<Unit>();
  const add = edits && (
    <Button kind="primary" onClick={() => setEditing('new')}>
      {words.addUnit}
    </Button>
  );
  if (!data) return failure ? <Trouble failure={failure} retry={retry} /> : <Skeleton rows={6} />;
  return (
    <div className={styles.stack}>
      {data.length === 0 ? (
        <Empty title={words.noUnits} note={words.noUnitsNote} action={add} />
      ) : (
        <>
          <div className={styles.head}>
            <small className={styles.grow}>{words.unitsHint}</small>
            {add}
          </div>
          <UnitList
            campaignId={campaignId}
            units={data}
            edits={edits}
            onEdit={setEditing}
            onRemove={setRemoving}
          />
        </>
      )}
      {editing && (
        <UnitDialog
          campaignId={campaignId}
          unit={editing === 'new' ? undefined : data.find(({ unitId }) => unitId === editing.unitId)}
          onClose={() => setEditing(undefined)}
        />
      )}
      <RemoveDialog
        name={removing?.name}
        note={words.removeUnitNote}
        onClose={() => setRemoving(undefined)}
        onRemove={async () => {
          if (removing) await api.campaigns.removeUnit({ campaignId, unitId: removing.unitId });
          await refresh('campaigns.units');
        }}
      />
    </div>
  );
}
