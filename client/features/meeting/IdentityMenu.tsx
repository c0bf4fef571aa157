import { useState } from 'react';
import { useLocation } from 'wouter';
import { ROLE_LABEL } from '../../../shared/labels.ts';
import { useActor } from '../../lib/me.ts';
import { isDark, setTheme, theme } from '../../lib/theme.ts';
import { setLanguage, useLanguage, useWords } from '../../lib/words.ts';
import { Face } from '../../ui/Face.tsx';
import { Menu, type MenuItem } from '../../ui/Menu.tsx';
import styles from './header.module.css';
import { useLeaving } from './use-leaving.ts';
import { useRoom } from './room.ts';
import { setSound, useSound } from './sound.ts';
import { meetingWords } from './words.ts';

/** Who I am here, and what is mine to choose: language, light or dark, sound, keys, and the way out. */
export default function IdentityMenu({ onKeys }: { onKeys: () => void }) {
  const words = useWords(meetingWords);
  const language = useLanguage();
  const sound = useSound();
  const [, go] = useLocation();
  const { state, myId, view } = useRoom();
  const leave = useLeaving();
  const [, setTurned] = useState(0);
  const me = state.people[myId];
  const actor = useActor();
  // An administrator may look in without being of the meeting.
  const name = me?.name ?? (actor.kind === 'person' ? actor.name : '');
  const turn = (next: Parameters<typeof setTheme>[0]): void => {
    setTheme(next);
    setTurned((n) => n + 1);
  };
  const role = view.roles[0] && ROLE_LABEL[view.roles[0]][language];
  const items: MenuItem[] = [
    { label: [name, role].filter(Boolean).join(' · '), onSelect: () => go('/me') },
    {
      label: language === 'zh' ? 'English' : '中文',
      onSelect: () => void setLanguage(language === 'zh' ? 'en' : 'zh'),
    },
    { label: isDark() ? words.light : words.dark, onSelect: () => turn(isDark() ? 'light' : 'dark') },
    ...(theme() === 'system' ? [] : [{ label: words.systemTheme, onSelect: () => turn('system') }]),
    { label: sound ? words.mute : words.unmute, onSelect: () => setSound(!sound) },
    { label: words.keys, onSelect: onKeys },
    ...(leave ? [{ label: words.leave, onSelect: leave, danger: true }] : []),
  ];
  return (
    <Menu label={words.identity(name)} items={items} kind="quiet" className={styles.identity}>
      <Face name={name} id={myId} />
    </Menu>
  );
}
