import { useState } from 'react';
import { useLocation } from 'wouter';
import { ROLE_LABEL } from '../../../shared/labels.ts';
import { identity, type Me } from '../../../shared/contract/identity.ts';
import type { Person } from '../../../shared/actor.ts';
import { api } from '../../lib/api.ts';
import { keptWords } from '../../lib/kept.ts';
import { useForm } from '../../lib/form.ts';
import { becomePerson, refreshMe, useMe } from '../../lib/me.ts';
import { useTitle } from '../../lib/title.ts';
import { setLanguage, useLanguage, useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Field, Select, TextInput } from '../../ui/Field.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { toast } from '../../ui/toast.ts';
import { EntryFrame } from './EntryFrame.tsx';
import styles from './EntryForm.module.css';
import { NoAccess, Trouble } from './Trouble.tsx';
import { entryWords } from './words.ts';

function PasswordForm({ login }: { login: string }) {
  const words = useWords(entryWords);
  const has = login !== '';
  const blank = { login, current: '', password: '' };
  const form = useForm({
    initial: blank,
    schema: identity.setPassword.input,
    toInput: (value) => ({
      login: value.login.trim(),
      password: value.password,
      ...(has && { current: value.current }),
    }),
    submit: async (input) => {
      await api.identity.setPassword(input);
      form.reset({ ...blank, login: input.login });
      toast(words.passwordSaved);
      await refreshMe();
    },
  });
  return (
    <Card pad>
      <form className={styles.form} onSubmit={form.submit} noValidate>
        <h2>{words.passwordTitle}</h2>
        {!has && <p className={styles.lead}>{words.passwordNote}</p>}
        <Field label={words.login} hint={has ? undefined : words.loginHint} error={form.errorOf('login')}>
          <TextInput
            autoComplete="username"
            autoCapitalize="none"
            readOnly={has}
            value={form.value.login}
            onChange={(event) => form.set({ login: event.target.value })}
          />
        </Field>
        {has && (
          <Field label={words.current} error={form.errorOf('current')}>
            <TextInput
              type="password"
              autoComplete="current-password"
              value={form.value.current}
              onChange={(event) => form.set({ current: event.target.value })}
            />
          </Field>
        )}
        <Field label={words.newPassword} hint={words.passwordHint} error={form.errorOf('password')}>
          <TextInput
            type="password"
            autoComplete="new-password"
            value={form.value.password}
            onChange={(event) => form.set({ password: event.target.value })}
          />
        </Field>
        {form.failure && <ErrorNote failure={form.failure} />}
        <Button type="submit" busy={form.busy}>
          {words.savePassword}
        </Button>
      </form>
    </Card>
  );
}

function Facts({ person, login }: { person: Person; login: string }) {
  const words = useWords(entryWords);
  const language = useLanguage();
  const roles = [...new Set(person.grants.map((grant) => ROLE_LABEL[grant.role][language]))];
  return (
    <dl className={styles.facts}>
      <dt>{words.name}</dt>
      <dd>{person.name}</dd>
      {person.unitName !== '' && (
        <>
          <dt>{words.unit}</dt>
          <dd>{person.unitName}</dd>
        </>
      )}
      {roles.length > 0 && (
        <>
          <dt>{words.roles}</dt>
          <dd>{roles.join(language === 'zh' ? '、' : ', ')}</dd>
        </>
      )}
      {login !== '' && (
        <>
          <dt>{words.login}</dt>
          <dd>{login}</dd>
        </>
      )}
    </dl>
  );
}

function Mine({ me, person }: { me: Me; person: Person }) {
  const words = useWords(entryWords);
  const language = useLanguage();
  const [, go] = useLocation();
  const [leaving, setLeaving] = useState(false);
  const guest = person.grants.length > 0 && person.grants.every((grant) => grant.role === 'guest');
  const signOut = async () => {
    await api.identity.signOut({});
    keptWords.forget(person.personId);
    becomePerson(await api.identity.me({}));
    go('/');
  };
  return (
    <>
      <h1>{words.meTitle}</h1>
      <Card pad className={styles.section}>
        <Facts person={person} login={me.login} />
        <Field label={words.language}>
          <Select
            value={language}
            onChange={(event) => void setLanguage(event.target.value === 'en' ? 'en' : 'zh')}
          >
            <option value="zh" lang="zh-CN">
              简体中文
            </option>
            <option value="en" lang="en">
              English
            </option>
          </Select>
        </Field>
      </Card>
      {person.proven && !guest && <PasswordForm key={me.login} login={me.login} />}
      <div className={styles.other}>
        <p>{guest ? words.guestMe : words.device}</p>
        <Button kind="danger" onClick={() => setLeaving(true)}>
          {words.signOut}
        </Button>
      </div>
      <ConfirmDialog
        open={leaving}
        onClose={() => setLeaving(false)}
        title={words.signOut}
        note={words.signOutNote}
        action={words.signOut}
        danger
        onConfirm={signOut}
      />
    </>
  );
}

/** `/me`: who this device is here, the language, the password, and the way out. */
export default function MePage() {
  const words = useWords(entryWords);
  const { me, failure, retry } = useMe();
  useTitle(words.meTitle);
  return (
    <EntryFrame>
      {me?.actor.kind === 'person' && <Mine me={me} person={me.actor} />}
      {me?.actor.kind === 'anonymous' && <NoAccess />}
      {!me && (failure ? <Trouble failure={failure} retry={retry} /> : <Skeleton rows={5} />)}
    </EntryFrame>
  );
}
