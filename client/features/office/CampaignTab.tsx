import { useState } from 'react';
import { useLocation } from 'wouter';
import { type Campaign, campaigns } from '../../../shared/contract/campaigns.ts';
import { api } from '../../lib/api.ts';
import { useForm } from '../../lib/form.ts';
import { useRefresh } from '../../lib/query.ts';
import { useWords } from '../../lib/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Field, TextInput } from '../../ui/Field.tsx';
import { KeptNote } from '../../ui/KeptNote.tsx';
import { toast } from '../../ui/toast.ts';
import styles from './Office.module.css';
import { PhaseEditor } from './PhaseEditor.tsx';
import { officeWords } from './words.ts';

function RemoveCampaign({ campaign }: { campaign: Campaign }) {
  const words = useWords(officeWords);
  const [, go] = useLocation();
  const refresh = useRefresh();
  const [asking, setAsking] = useState(false);
  const remove = async () => {
    await api.campaigns.remove({ campaignId: campaign.campaignId });
    await refresh('campaigns.list');
    toast(words.removed);
    go('/');
  };
  return (
    <div>
      <Button small kind="danger" onClick={() => setAsking(true)}>
        {words.removeCampaign}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={words.removeOf(campaign.name)}
        note={words.removeCampaignNote}
        action={words.removeCampaign}
        danger
        onConfirm={remove}
      />
    </div>
  );
}

/** Name, theme, organiser and the phases with the one that is now. */
export function CampaignTab({ campaign }: { campaign: Campaign }) {
  const words = useWords(officeWords);
  const refresh = useRefresh();
  const { campaignId, version, name, slogan, sponsor, phases, currentPhase } = campaign;
  const form = useForm({
    key: `campaign.${campaignId}`,
    initial: { name, slogan, sponsor, phases, currentPhase },
    schema: campaigns.edit.input,
    toInput: (value) => ({ campaignId, version, ...value }),
    submit: async (input) => {
      await api.campaigns.edit(input);
      await refresh('campaigns.get', 'campaigns.list');
      toast(words.saved);
    },
  });
  const { value, set, errorOf } = form;
  return (
    <div className={styles.stack}>
      <form className={styles.stack} onSubmit={form.submit} noValidate>
        <KeptNote form={form} />
        <Card pad className={styles.stack}>
          <Field label={words.name} error={errorOf('name')}>
            <TextInput value={value.name} onChange={(event) => set({ name: event.target.value })} />
          </Field>
          <div className={styles.two}>
            <Field label={words.slogan} optional error={errorOf('slogan')}>
              <TextInput value={value.slogan} onChange={(event) => set({ slogan: event.target.value })} />
            </Field>
            <Field label={words.sponsor} optional error={errorOf('sponsor')}>
              <TextInput value={value.sponsor} onChange={(event) => set({ sponsor: event.target.value })} />
            </Field>
          </div>
        </Card>
        <PhaseEditor
          phases={value.phases}
          current={value.currentPhase}
          onChange={(next, current) => set({ phases: next, currentPhase: current })}
          errorOf={errorOf}
        />
        {form.failure && <ErrorNote failure={form.failure} />}
        <div className={styles.end}>
          <Button type="submit" kind="primary" busy={form.busy} disabled={!form.touched}>
            {words.save}
          </Button>
        </div>
      </form>
      <RemoveCampaign campaign={campaign} />
    </div>
  );
}
