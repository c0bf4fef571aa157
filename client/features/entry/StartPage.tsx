import { type FormEvent, useState } from 'react';
import { Redirect, useLocation, useSearch } from 'wouter';
import { JoinCode } from '../../../shared/fields.ts';
import type { Campaign } from '../../../shared/contract/campaigns.ts';
import { useErrorText } from '../../lib/form.ts';
import { useCan, useMe, usePerson } from '../../lib/me.ts';
import { useAsk } from '../../lib/query.ts';
import { useTitle } from '../../lib/title.ts';
import { useWords } from '../../lib/words.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Field, TextInput } from '../../ui/Field.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { AppBar } from './AppBar.tsx';
import { EntryFrame } from './EntryFrame.tsx';
import { PageFrame } from './PageFrame.tsx';
import styles from './StartPage.module.css';
import { CampaignCard } from './CampaignCard.tsx';
import { Trouble } from './Trouble.tsx';
import { entryWords } from './words.ts';

/** Six digits to the door. Blanks and full-width digits are what people type and paste. */
function CodeForm() {
  const words = useWords(entryWords);
  const errorText = useErrorText();
  const [, go] = useLocation();
  const [code, setCode] = useState('');
  const [wrong, setWrong] = useState(false);
  const enter = (event: FormEvent) => {
    event.preventDefault();
    const digits = code.normalize('NFKC').replace(/[\s-]/g, '');
    if (JoinCode.safeParse(digits).success) go(`/j/${digits}`);
    else setWrong(true);
  };
  return (
    <form onSubmit={enter} className={styles.form} noValidate>
      <Field
        label={words.code}
        hint={words.codeHint}
        error={wrong ? errorText({ reason: 'code.form', facts: {} }) : undefined}
      >
        <TextInput
          className={styles.code}
          inputMode="numeric"
          autoComplete="off"
          value={code}
          onChange={(event) => {
            setCode(event.target.value);
            setWrong(false);
          }}
        />
      </Field>
      <Button type="submit" kind="primary" wide>
        {words.enter}
      </Button>
    </form>
  );
}

function Fresh() {
  const words = useWords(entryWords);
  return (
    <Card pad className={styles.fresh}>
      <h1>{words.fresh}</h1>
      <p>{words.freshNote}</p>
    </Card>
  );
}

function Door({ fresh }: { fresh: boolean }) {
  const words = useWords(entryWords);
  return (
    <EntryFrame>
      <div className={styles.sign}>
        <img src="/logo.svg" width="56" height="56" alt="" />
        <h1 lang="zh-CN">
          <span className={styles.po}>破</span>
          <span className={styles.li}>立</span>
        </h1>
        <p>{words.welcome}</p>
      </div>
      {fresh && <Fresh />}
      {!fresh && <CodeForm />}
      <LinkButton href="/sign-in" kind={fresh ? 'plain' : 'quiet'}>
        {words.signIn}
      </LinkButton>
    </EntryFrame>
  );
}

function Campaigns({ list }: { list: readonly Campaign[] }) {
  const words = useWords(entryWords);
  const makes = useCan('installation:manage');
  const make = (
    <LinkButton href="/new" kind={list.length === 0 ? 'primary' : 'plain'}>
      {words.newCampaign}
    </LinkButton>
  );
  return (
    <>
      <AppBar />
      <main className={styles.list}>
        <div className={styles.head}>
          <h1>{words.myCampaigns}</h1>
          {makes && list.length > 0 && make}
        </div>
        {list.length === 0 && (
          <Empty
            title={words.noCampaign}
            note={makes ? words.noCampaignAdmin : words.noCampaignOther}
            action={makes ? make : <LinkButton href="/j">{words.enterCode}</LinkButton>}
          />
        )}
        <div className={styles.cards}>
          {list.map((campaign) => (
            <CampaignCard key={campaign.campaignId} campaign={campaign} />
          ))}
        </div>
      </main>
    </>
  );
}

function Mine() {
  const words = useWords(entryWords);
  const search = useSearch();
  const { data, failure, retry } = useAsk('campaigns.list', {});
  useTitle(words.myCampaigns);
  const only = data?.length === 1 ? data[0] : undefined;
  if (only && search !== 'list') return <Redirect to={`/c/${only.campaignId}`} replace />;
  if (data) return <Campaigns list={data} />;
  return (
    <>
      <AppBar />
      <main className={styles.list}>
        {failure ? <Trouble failure={failure} retry={retry} /> : <Skeleton height={160} />}
      </main>
    </>
  );
}

/** `/`: to the one campaign, to the list of several, or to the door for who is nobody here yet. */
export default function StartPage() {
  const { me, failure, retry } = useMe();
  const person = usePerson();
  useTitle(undefined);
  if (person) return <Mine />;
  if (me) return <Door fresh={me.fresh} />;
  if (failure)
    return (
      <EntryFrame>
        <Trouble failure={failure} retry={retry} />
      </EntryFrame>
    );
  return <PageFrame />;
}
