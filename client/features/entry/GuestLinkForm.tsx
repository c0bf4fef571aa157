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

const schema = identity.useLink.input.required({ name: true });

/** A guest gives a name, or confirms the one the moderator wrote, and is in the meeting. */
export function GuestLinkForm({ secret, view, onUse }: LinkFormProps) {
  const words = useWords(entryWords);
  const form = useForm({
    key: 'guest-link',
    initial: { name: view.personName, unitName: '' },
    schema,
    toInput: ({ name, unitName }) => ({
      secret,
      name: name.trim(),
      ...(unitName.trim() !== '' && { unitName: unitName.trim() }),
    }),
    submit: ({ name, unitName }) => onUse({ name, ...(unitName !== undefined && { unitName }) }),
  });
  return (
    <form className={styles.form} onSubmit={form.submit} noValidate>
      <small>
        {words.guestTitle}
        {view.campaignName !== '' && ` · ${view.campaignName}`}
      </small>
      <h1>{view.sessionTitle || words.guestTitle}</h1>
      <p className={styles.lead}>{words.guestNote}</p>
      {view.switches !== '' && (
        <p className={styles.warn}>{words.switchNote(view.switches, form.value.name || words.guestTitle)}</p>
      )}
      <Field label={words.name} error={form.errorOf('name')}>
        <TextInput
          autoComplete="name"
          value={form.value.name}
          onChange={(event) => form.set({ name: event.target.value })}
        />
      </Field>
      <Field label={words.guestUnit} optional error={form.errorOf('unitName')}>
        <TextInput
          autoComplete="organization"
          value={form.value.unitName}
          onChange={(event) => form.set({ unitName: event.target.value })}
        />
      </Field>
      {form.failure && <ErrorNote failure={form.failure} />}
      <Button type="submit" kind="primary" wide busy={form.busy}>
        {words.enter}
      </Button>
    </form>
  );
}
