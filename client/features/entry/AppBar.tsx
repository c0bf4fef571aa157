import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { api } from '../../lib/api.ts';
import { becomePerson, useCan, useMe, usePerson } from '../../lib/me.ts';
import { setLanguage, useLanguage, useWords } from '../../lib/words.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Face } from '../../ui/Face.tsx';
import { Menu, type MenuItem } from '../../ui/Menu.tsx';
import { TopBar, WideOnly } from '../../ui/TopBar.tsx';
import { toast } from '../../ui/toast.ts';
import styles from './AppBar.module.css';
import { barWords } from './words.ts';

interface Place {
  href: string;
  label: string;
}

/** The places of a campaign that this person may go to. */
function usePlaces(campaignId: string | undefined): Place[] {
  const words = useWords(barWords);
  const person = usePerson();
  const where = campaignId === undefined ? {} : { campaignId };
  const settles = useCan('roster:read', where);
  if (campaignId === undefined || !person) return [];
  const base = `/c/${campaignId}`;
  const own = person.unitId !== '' && person.campaignId === campaignId;
  return [
    ...(own ? [{ href: `${base}/boards/${person.unitId}`, label: words.list }] : []),
    { href: `${base}/sessions`, label: words.sessions },
    ...(settles ? [{ href: `${base}/settings`, label: words.settings }] : []),
  ];
}

function UserMenu({ places }: { places: readonly Place[] }) {
  const words = useWords(barWords);
  const language = useLanguage();
  const person = usePerson();
  const audits = useCan('audit:read');
  const [, go] = useLocation();
  if (!person) return null;
  const signOut = async () => {
    try {
      await api.identity.signOut({});
      becomePerson(await api.identity.me({}));
      go('/');
    } catch {
      toast(words.signOutFailed, 'bad');
    }
  };
  const items: MenuItem[] = [
    ...places,
    { label: words.me(person.name), href: '/me' },
    { label: words.campaigns, href: '/?list' },
    ...(audits ? [{ label: words.audit, href: '/audit' }] : []),
    {
      label: language === 'zh' ? 'English' : '中文',
      onSelect: () => void setLanguage(language === 'zh' ? 'en' : 'zh'),
    },
    { label: words.signOut, onSelect: () => void signOut() },
  ];
  return (
    <Menu label={words.menu(person.name)} items={items} kind="quiet" className={styles.user}>
      <Face name={person.name} id={person.personId} />
    </Menu>
  );
}

/** The top strip of the office pages: where to go in this campaign, the code field's page, and who I am. */
export function AppBar({
  campaignId,
  title,
  children,
}: {
  campaignId?: string | undefined;
  title?: ReactNode;
  children?: ReactNode;
}) {
  const words = useWords(barWords);
  const { me } = useMe();
  const places = usePlaces(campaignId);
  return (
    <TopBar home={campaignId === undefined ? '/' : `/c/${campaignId}`} title={title}>
      {children}
      <WideOnly>
        {places.map(({ href, label }) => (
          <LinkButton key={href} href={href} kind="quiet" small>
            {label}
          </LinkButton>
        ))}
      </WideOnly>
      <LinkButton href="/j" small>
        {words.enterCode}
      </LinkButton>
      <UserMenu places={places} />
      {me?.actor.kind === 'anonymous' && (
        <LinkButton href={`/sign-in?to=${encodeURIComponent(location.pathname)}`} kind="quiet" small>
          {words.signIn}
        </LinkButton>
      )}
    </TopBar>
  );
}
