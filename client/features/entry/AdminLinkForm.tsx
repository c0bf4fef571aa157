import { useState } from 'react';
import { identity, type LinkView } from '../../../shared/contract/identity.ts';
import type { InputOf } from '../../../shared/contract/index.ts';
import { useForm } from '../../lib/form.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Field, TextInput } from '../../ui/Field.tsx';
import styles from './EntryForm.module.css';
import { entryWords } from './words.ts';

interface LinkFormProps {
  secret: string;
  view: LinkView;
  onUse: (fields: Omit<InputOf<'identity.useLink'>, 'secret'>) => Promise<void>;
}

// What the contract leaves open because of the other kinds of link is required here.
const schema = identity.useLink.input.required({ name: true, login: true, password: true });

/** The first administrator, or a new password for one who lost it. */
export function AdminLinkForm({ secret, view, onUse }: LinkFormProps) {
  const words = useWords(entryWords);
  const [again, setAgain] = useState('');
  const [differs, setDiffers] = useState(false);
  const form = useForm({
    initial: { name: view.personName, login: '', password: '' },
    schema,
    toInput: ({ name, login, password }) => ({ secret, name: name.trim(), login: login.trim(), password }),
    submit: ({ name, login, password }) => onUse({ name, login, password }),
  });
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const same = again === form.value.password;
        setDiffers(!same);
        if (same) form.submit(event);
      }}
    >
      <h1>{words.adminTitle}</h1>
      <p className={styles.lead}>{words.adminNote}</p>
      {view.switches !== '' && (
        <p className={styles.warn}>{words.switchNote(view.switches, words.adminTitle)}</p>
      )}
      <Field label={words.name} error={form.errorOf('name')}>
        <TextInput
          autoComplete="name"
          value={form.value.name}
          onChange={(event) => form.set({ name: event.target.value })}
        />
      </Field>
      <Field label={words.login} hint={words.loginHint} error={form.errorOf('login')}>
        <TextInput
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          value={form.value.login}
          onChange={(event) => form.set({ login: event.target.value })}
        />
      </Field>
      <Field label={words.password} hint={words.passwordHint} error={form.errorOf('password')}>
        <TextInput
          type="password"
          autoComplete="new-password"
          value={form.value.password}
          onChange={(event) => form.set({ password: event.target.value })}
        />
      </Field>
      <Field label={words.passwordAgain} error={differs ? words.passwordDiffers : undefined}>
        <TextInput
          type="password"
          autoComplete="new-password"
          value={again}
          onChange={(event) => {
            setAgain(event.target.value);
            setDiffers(false);
          }}
        />
      </Field>
      {form.failure && <ErrorNote failure={form.failure} />}
      <Button type="submit" kind="primary" wide busy={form.busy}>
        {words.create}
      </Button>
    </form>
  );
}
