import { createContext, useContext } from 'react';
import type { Role } from '../../../shared/actor.ts';
import type { ItemState, PersonState, SessionState } from '../../../shared/log.ts';
import { type Action, can } from '../../../shared/policy.ts';
import type { SessionSnapshot, SessionStore } from '../../lib/session.ts';
import type { MessageDeeds } from './use-message-deeds.ts';

export type DialogName = 'end' | 'invite' | 'attendance' | 'screens' | 'walk-ins' | 'devices';
export type PhoneTab = 'talk' | 'agenda' | 'list' | 'me';

/** What every part of the room needs. `view` is new with each change; `state` is the same object, changed in place. */
export interface Room {
  store: SessionStore;
  view: SessionSnapshot;
  state: SessionState;
  myId: string;
  wide: boolean;
  can(action: Action): boolean;
  /** Runs a button's deed; a failure is told in passing. True when it went well. */
  run(deed: () => Promise<unknown>): Promise<boolean>;
  openDialog(name: DialogName): void;
  /** The devices of one person. */
  openDevices(personId: string): void;
  /** Whose devices the dialog shows. */
  devicesOf: string;
  tab: PhoneTab;
  setTab(tab: PhoneTab): void;
  /** The row of the problem list to bring into sight; '' for none. */
  rowAsked: string;
  deeds: MessageDeeds;
  /** Counted, so that asking for the same message twice works. */
  messageAsked: { messageId: string; times: number };
  showMessage(messageId: string): void;
}

export const RoomContext = createContext<Room | undefined>(undefined);

export function useRoom(): Room {
  const room = useContext(RoomContext);
  if (!room) throw new Error('outside of a room');
  return room;
}

/** The question the server asks, answered with the roles it says I have here. */
export function canWith(roles: readonly Role[], personId: string): (action: Action) => boolean {
  const actor = {
    kind: 'person' as const,
    personId,
    name: '',
    unitId: '',
    unitName: '',
    campaignId: '',
    proven: true,
    grants: roles.map((role) => ({
      role,
      scope: 'installation' as const,
      scopeId: '',
      campaignId: '',
      boardId: '',
    })),
  };
  return (action) => can(actor, action);
}

export function currentItem(state: SessionState): { item: ItemState; no: number } | undefined {
  const at = state.items.findIndex((item) => item.id === state.currentItem);
  const item = state.items[at];
  return item && { item, no: at + 1 };
}

export function nextItem(state: SessionState): { item: ItemState; no: number } | undefined {
  const after = state.items.findIndex((item) => item.id === state.currentItem);
  const at = state.items.findIndex((item, i) => i > after && item.status !== 'done');
  const item = state.items[at];
  return item && { item, no: at + 1 };
}

/** Whether it is this person who speaks now. */
export const myTurn = (state: SessionState, personId: string): boolean =>
  state.floor?.personId === personId && state.phase !== 'draft' && state.phase !== 'ended';

export const inside = (person: PersonState): boolean =>
  person.joinedAt !== undefined && person.leftAt === undefined;
