import { useState } from 'react';
import type { RosterPerson } from '../../../shared/contract/campaigns.ts';
import { type GrantView, identity } from '../../../shared/contract/identity.ts';
import { ROLE_LABEL } from '../../../shared/labels.ts';
import { api } from '../../lib/api.ts';
import { useForm } from '../../lib/form.ts';
import { useAsk, useRefresh } from '../../lib/query.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Field, Select } from '../../ui/Field.tsx';
import { KeptNote } from '../../ui/KeptNote.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { toast } from '../../ui/toast.ts';
import { Trouble } from '../entry/Trouble.tsx';
import styles from './Office.module.css';
import { PersonalLinkDialog } from './PersonalLinkDialog.tsx';
import { officeWords } from './words.ts';

/** What is granted here; taking part needs no grant. */
const GRANTED = ['moderator', 'note-taker', 'observer', 'administrator'] as const;

function byUnit(people: readonly RosterPerson[]): Map<string, RosterPerson[]> {
  const units = new Map<string, RosterPerson[]>();
  for (const person of people) units.set(person.unitName, [...(units.get(person.unitName) ?? []), person]);
  return units;
}

function GrantForm({
  campaignId,
  people,
  onGranted,
}: {
  campaignId: string;
  people: readonly RosterPerson[];
  onGranted: (grant: GrantView) => void;
}) {
  const words = useWords(officeWords);
  const language = useLanguage();
  const refresh = useRefresh();
  const form = useForm({
    key: `grant.${campaignId}`,
    initial: { personId: '', role: 'moderator' as (typeof GRANTED)[number] },
    schema: identity.grant.input,
    toInput: (value) => ({ campaignId, ...value }),
    submit: async (input) => {
      const grant = await api.identity.grant(input);
      await refresh('identity.grants');
      toast(words.granted);
      form.reset({ ...form.value, personId: '' });
      onGranted(grant);
    },
  });
  const { value, set, errorOf } = form;
  return (
    <Card pad>
      <form className={styles.stack} onSubmit={form.submit} noValidate>
        <KeptNote form={form} />
        <h2>{words.grantTitle}</h2>
        <small>{words.rolesHint}</small>
        <div className={styles.two}>
          <Field label={words.person} error={errorOf('personId')}>
            <Select value={value.personId} onChange={(event) => set({ personId: event.target.value })}>
              <option value="" disabled>
                {words.choosePerson}
              </option>
              {[...byUnit(people)].map(([unit, members]) => (
                <optgroup key={unit} label={unit}>
                  {members.map((person) => (
                    <option key={person.personId} value={person.personId}>
                      {person.name}
                    </option>
                  ))}
                </optgroup>
              ))}
            </Select>
          </Field>
          <Field label={words.role} error={errorOf('role')}>
            <Select
              value={value.role}
              onChange={(event) => set({ role: event.target.value as (typeof GRANTED)[number] })}
            >
              {GRANTED.map((role) => (
                <option key={role} value={role}>
                  {ROLE_LABEL[role][language]}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        {form.failure && <ErrorNote failure={form.failure} />}
        <div className={styles.end}>
          <Button type="submit" kind="primary" busy={form.busy}>
            {words.grant}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function GrantTable({
  grants,
  onLink,
  onRevoke,
}: {
  grants: readonly GrantView[];
  onLink: (grant: GrantView) => void;
  onRevoke: (grant: GrantView) => void;
}) {
  const words = useWords(officeWords);
  const language = useLanguage();
  return (
    <Card className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>{words.person}</th>
            <th>{words.unit}</th>
            <th>{words.role}</th>
            <th>{words.login}</th>
            <th aria-label={words.actions} />
          </tr>
        </thead>
        <tbody>
          {grants.map((grant) => (
            <tr key={grant.grantId}>
              <td>
                <b>{grant.name}</b>
              </td>
              <td>{grant.unitName}</td>
              <td>
                <Tag tone={grant.role === 'administrator' ? 'info' : 'plain'}>
                  {ROLE_LABEL[grant.role][language]}
                </Tag>
                {grant.sessionId !== '' && words.session}
              </td>
              <td className={styles.quiet}>{grant.login || words.noLogin}</td>
              <td>
                <span className={styles.tools}>
                  <Button small kind="quiet" onClick={() => onLink(grant)}>
                    {words.personalLink}
                  </Button>
                  <Button small kind="quiet" onClick={() => onRevoke(grant)}>
                    {words.revoke}
                  </Button>
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

/** Who runs the campaign: roles granted to people of the roster, their personal links, and taking roles back. */
export function RolesTab({ campaignId }: { campaignId: string }) {
  const words = useWords(officeWords);
  const language = useLanguage();
  const refresh = useRefresh();
  const grants = useAsk('identity.grants', { campaignId });
  const people = useAsk('campaigns.people', { campaignId });
  const [linked, setLinked] = useState<GrantView>();
  const [revoking, setRevoking] = useState<GrantView>();
  const failure = grants.failure ?? people.failure;
  if (failure) return <Trouble failure={failure} retry={grants.failure ? grants.retry : people.retry} />;
  if (!grants.data || !people.data) return <Skeleton rows={6} />;
  return (
    <div className={styles.stack}>
      {people.data.length > 0 && (
        <GrantForm
          campaignId={campaignId}
          people={people.data}
          onGranted={(grant) => grant.role !== 'observer' && setLinked(grant)}
        />
      )}
      {grants.data.length === 0 ? (
        <Empty title={words.noGrants} note={words.noGrantsNote} />
      ) : (
        <GrantTable grants={grants.data} onLink={setLinked} onRevoke={setRevoking} />
      )}
      {linked && (
        <PersonalLinkDialog
          campaignId={campaignId}
          personId={linked.personId}
          name={linked.name}
          onClose={() => setLinked(undefined)}
        />
      )}
      <ConfirmDialog
        open={revoking !== undefined}
        onClose={() => setRevoking(undefined)}
        title={words.revokeOf(revoking?.name ?? '', revoking ? ROLE_LABEL[revoking.role][language] : '')}
        note={words.revokeNote}
        action={words.revoke}
        danger
        onConfirm={async () => {
          if (revoking) await api.identity.revoke({ campaignId, grantId: revoking.grantId });
          await refresh('identity.grants');
          toast(words.revoked);
        }}
      />
    </div>
  );
}
