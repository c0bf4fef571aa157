import { Redirect, useLocation, useSearch } from 'wouter';
import { identity } from '../../../shared/contract/identity.ts';
import { api } from '../../lib/api.ts';
import { useForm } from '../../lib/form.ts';
import { becomePerson, useMe } from '../../lib/me.ts';
import { useTitle } from '../../lib/title.ts';
import { useWords } from '../../lib/words.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Field, TextInput } from '../../ui/Field.tsx';
import { toast } from '../../ui/toast.ts';
import { EntryFrame } from './EntryFrame.tsx';
import styles from './EntryForm.module.css';
import { entryWords } from './words.ts';

/** Only a path of ours: an address that leads elsewhere is not followed. */
function placeAfter(search: string): string {
  const to = new URLSearchParams(search).get('to') ?? '/';
  return /^\/(?![/\\])/.test(to) ? to : '/';
}

export default function SignInPage() {
  const words = useWords(entryWords);
  const [, go] = useLocation();
  const to = placeAfter(useSearch());
  const { me } = useMe();
  useTitle(words.signInTitle);
  const form = useForm({
    initial: { login: '', password: '' },
    schema: identity.signIn.input,
    toInput: (value) => ({ login: value.login.trim(), password: value.password }),
    submit: async (input) => {
      const me = await api.identity.signIn(input);
      becomePerson(me);
      if (me.commonPassword === true) toast(words.commonPassword, 'bad');
      go(to, { replace: true });
    },
  });
  const proven = me?.actor.kind === 'person' && me.actor.proven;
  if (proven && !form.busy && !form.touched) return <Redirect to={to} replace />;
  return (
    <EntryFrame>
      <form className={styles.form} onSubmit={form.submit} noValidate>
        <h1>{words.signInTitle}</h1>
        <Field label={words.login} error={form.errorOf('login')}>
          <TextInput
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            value={form.value.login}
            onChange={(event) => form.set({ login: event.target.value })}
          />
        </Field>
        <Field label={words.password} error={form.errorOf('password')}>
          <TextInput
            type="password"
            autoComplete="current-password"
            value={form.value.password}
            onChange={(event) => form.set({ password: event.target.value })}
          />
        </Field>
        {form.failure && <ErrorNote failure={form.failure} />}
        <Button type="submit" kind="primary" wide busy={form.busy}>
          {words.signIn}
        </Button>
      </form>
      <div className={styles.other}>
        <p>{words.signInNote}</p>
        <LinkButton href="/j">{words.enterCode}</LinkButton>
      </div>
    </EntryFrame>
  );
}
