import { useState } from 'react';
import { useLocation } from 'wouter';
import { campaigns, type TemplateView } from '../../../shared/contract/campaigns.ts';
import { newId } from '../../../shared/ids.ts';
import { api } from '../../lib/api.ts';
import { useForm } from '../../lib/form.ts';
import { useCan, useMe } from '../../lib/me.ts';
import { useAsk, useRefresh } from '../../lib/query.ts';
import { useTitle } from '../../lib/title.ts';
import { useLanguage, useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Field, TextInput } from '../../ui/Field.tsx';
import { KeptNote } from '../../ui/KeptNote.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { toast } from '../../ui/toast.ts';
import { AppBar } from '../entry/AppBar.tsx';
import { NoAccess, Trouble } from '../entry/Trouble.tsx';
import { givenPairs, type PairDraft, PairRows } from './PairRows.tsx';
import { TemplateRooms } from './TemplateRooms.tsx';
import styles from './Office.module.css';
import { officeWords } from './words.ts';

/** The template without rooms of its own: the pairs are typed. */
const isOwnPairs = (template: TemplateView | undefined) => template?.rooms.length === 0;

function TemplateChoice({
  templates,
  value,
  onChange,
}: {
  templates: readonly TemplateView[];
  value: string;
  onChange: (templateId: string) => void;
}) {
  const words = useWords(officeWords);
  const language = useLanguage();
  return (
    <fieldset className={styles.choice}>
      <legend>{words.template}</legend>
      {templates.map((template) => (
        <label key={template.templateId} className={styles.option}>
          <input
            type="radio"
            name="template"
            checked={value === template.templateId}
            onChange={() => onChange(template.templateId)}
          />
          <span>
            {template[language]}
            <small>{template.rooms.length > 0 ? words.rooms(template.rooms.length) : words.pairsHint}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

const blankPairs = (): PairDraft[] =>
  Array.from({ length: 3 }, () => ({ id: newId(), break: '', build: '' }));

function CampaignForm({ templates }: { templates: readonly TemplateView[] }) {
  const words = useWords(officeWords);
  const [, go] = useLocation();
  const refresh = useRefresh();
  const [campaignId] = useState(() => newId());
  const form = useForm({
    key: 'new-campaign',
    initial: {
      name: '',
      slogan: '',
      sponsor: '',
      templateId: templates[0]?.templateId ?? '',
      pairs: blankPairs(),
    },
    schema: campaigns.create.input,
    toInput: ({ name, slogan, sponsor, templateId, pairs }) => ({
      campaignId,
      name: name.trim(),
      slogan: slogan.trim(),
      sponsor: sponsor.trim(),
      templateId,
      ...(isOwnPairs(templates.find((t) => t.templateId === templateId)) && { pairs: givenPairs(pairs) }),
    }),
    submit: async (input) => {
      await api.campaigns.create(input);
      await refresh('campaigns.list');
      toast(words.created);
      go(`/c/${campaignId}`);
    },
  });
  const { value, set, errorOf } = form;
  const template = templates.find((t) => t.templateId === value.templateId);
  return (
    <form className={styles.stack} onSubmit={form.submit} noValidate>
      <KeptNote form={form} />
      <Card pad className={styles.stack}>
        <Field label={words.name} error={errorOf('name')}>
          <TextInput
            placeholder={words.namePlaceholder}
            value={value.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        </Field>
        <Field label={words.slogan} optional hint={words.sloganHint} error={errorOf('slogan')}>
          <TextInput value={value.slogan} onChange={(event) => set({ slogan: event.target.value })} />
        </Field>
        <Field label={words.sponsor} optional error={errorOf('sponsor')}>
          <TextInput value={value.sponsor} onChange={(event) => set({ sponsor: event.target.value })} />
        </Field>
      </Card>
      <Card pad className={styles.stack}>
        <TemplateChoice
          templates={templates}
          value={value.templateId}
          onChange={(templateId) => set({ templateId })}
        />
        {template && isOwnPairs(template) && (
          <PairRows pairs={value.pairs} onChange={(pairs) => set({ pairs })} error={errorOf('pairs')} />
        )}
        <TemplateRooms
          rooms={
            template && isOwnPairs(template)
              ? givenPairs(value.pairs).map((pair) => ({ ...pair, name: '' }))
              : (template?.rooms ?? [])
          }
        />
      </Card>
      {form.failure && <ErrorNote failure={form.failure} />}
      <div className={styles.end}>
        <Button type="submit" kind="primary" busy={form.busy}>
          {words.create}
        </Button>
      </div>
    </form>
  );
}

/** `/new`: a campaign from a template, its rooms seen before it is made. */
export default function NewCampaignPage() {
  const words = useWords(officeWords);
  const { me } = useMe();
  const makes = useCan('installation:manage');
  const { data, failure, retry } = useAsk('campaigns.templates', {}, { when: makes });
  useTitle(words.newCampaign);
  return (
    <>
      <AppBar />
      <main className={styles.narrow}>
        <div>
          <h1>{words.newCampaign}</h1>
          <small>{words.newNote}</small>
        </div>
        {me && !makes && <NoAccess />}
        {data && <CampaignForm templates={data} />}
        {failure && <Trouble failure={failure} retry={retry} />}
        {(!me || makes) && !data && !failure && <Skeleton height={360} />}
      </main>
    </>
  );
}
