import { useState } from 'react';
import type { RosterPerson, Unit } from '../../../shared/contract/campaigns.ts';
import { api } from '../../lib/api.ts';
import { openTicket } from '../../lib/download.ts';
import { useCan } from '../../lib/me.ts';
import { useAct, useAsk, useRefresh } from '../../lib/query.ts';
import { useWords } from '../../lib/words.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Field, Select, TextInput } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Trouble } from '../entry/Trouble.tsx';
import { findPeople } from '../sessions/expected.ts';
import { ImportDialog } from './ImportDialog.tsx';
import styles from './Office.module.css';
import { PersonDialog } from './PersonDialog.tsx';
import { RemoveDialog } from './RemoveDialog.tsx';
import { officeWords } from './words.ts';

interface TableProps {
  people: readonly RosterPerson[];
  edits: boolean;
  onEdit: (person: RosterPerson) => void;
  onRemove: (person: RosterPerson) => void;
}

function PeopleTable({ people, edits, onEdit, onRemove }: TableProps) {
  const words = useWords(officeWords);
  return (
    <Card className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>{words.personName}</th>
            <th>{words.unit}</th>
            <th>{words.position}</th>
            <th>{words.level}</th>
            {edits && <th aria-label={words.actions} />}
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.personId}>
              <td>
                <b>{person.name}</b>
              </td>
              <td>{person.unitName}</td>
              <td data-label={words.position}>{person.position}</td>
              <td data-label={words.level}>{person.level}</td>
              {edits && (
                <td>
                  <span className={styles.tools}>
                    <IconButton label={words.editOf(person.name)} onClick={() => onEdit(person)}>
                      <Icon name="edit" />
                    </IconButton>
                    <IconButton label={words.removeOf(person.name)} onClick={() => onRemove(person)}>
                      <Icon name="trash" />
                    </IconButton>
                  </span>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Roster({ people, units, ...table }: TableProps & { units: readonly Unit[] }) {
  const words = useWords(officeWords);
  const [search, setSearch] = useState('');
  const [unitId, setUnitId] = useState('');
  const shown = findPeople(people, search, '').filter((person) => unitId === '' || person.unitId === unitId);
  return (
    <>
      <div className={styles.two}>
        <Field quiet label={words.find}>
          <TextInput
            type="search"
            placeholder={words.find}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </Field>
        <Field quiet label={words.unit}>
          <Select value={unitId} onChange={(event) => setUnitId(event.target.value)}>
            <option value="">{words.allUnits}</option>
            {units.map((unit) => (
              <option key={unit.unitId} value={unit.unitId}>
                {unit.name}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <small role="status">{words.peopleShown(shown.length, people.length)}</small>
      {shown.length === 0 ? <Empty title={words.noMatch} /> : <PeopleTable people={shown} {...table} />}
    </>
  );
}

function useTemplate(campaignId: string) {
  const { busy, failure, run } = useAct();
  const get = () => run(async () => openTicket(await api.campaigns.rosterTemplate({ campaignId })));
  return { busy, failure, get };
}

/** The roster: found, added, changed, removed, imported. */
export function PeopleTab({ campaignId }: { campaignId: string }) {
  const words = useWords(officeWords);
  const refresh = useRefresh();
  const edits = useCan('roster:edit', { campaignId });
  const units = useAsk('campaigns.units', { campaignId });
  const people = useAsk('campaigns.people', { campaignId });
  const template = useTemplate(campaignId);
  const [editing, setEditing] = useState<RosterPerson | 'new'>();
  const [removing, setRemoving] = useState<RosterPerson>();
  const [importing, setImporting] = useState(false);
  const failure = units.failure ?? people.failure;
  if (failure)
    return (
      <Trouble
        failure={failure}
        retry={() => {
          units.retry();
          people.retry();
        }}
      />
    );
  if (!units.data || !people.data) return <Skeleton rows={8} />;
  const tools = edits && (
    <>
      <Button kind="quiet" busy={template.busy} onClick={() => void template.get()}>
        {words.templateFile}
      </Button>
      <Button onClick={() => setImporting(true)}>{words.importRoster}</Button>
      <Button kind="primary" onClick={() => setEditing('new')}>
        {words.addPerson}
      </Button>
    </>
  );
  return (
    <div className={styles.stack}>
      {template.failure && <ErrorNote failure={template.failure} />}
      {people.data.length === 0 ? (
        <Empty title={words.noPeople} note={words.noPeopleNote} action={tools} />
      ) : (
        <>
          <div className={styles.end}>{tools}</div>
          <Roster
            people={people.data}
            units={units.data}
            edits={edits}
            onEdit={setEditing}
            onRemove={setRemoving}
          />
        </>
      )}
      {editing && (
        <PersonDialog
          campaignId={campaignId}
          units={units.data}
          person={
            editing === 'new' ? undefined : people.data.find(({ personId }) => personId === editing.personId)
          }
          onClose={() => setEditing(undefined)}
        />
      )}
      {importing && <ImportDialog campaignId={campaignId} onClose={() => setImporting(false)} />}
      <RemoveDialog
        name={removing?.name}
        note={words.removePersonNote}
        onClose={() => setRemoving(undefined)}
        onRemove={async () => {
          if (removing) await api.campaigns.removePerson({ campaignId, personId: removing.personId });
          await refresh('campaigns.people', 'campaigns.units');
        }}
      />
    </div>
  );
}
