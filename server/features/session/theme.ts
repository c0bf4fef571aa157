import { type RoomKind, roomKind, type Theme } from '../../../shared/topic.ts';

/** What a meeting in this room is about; in none any more, what it is called. */
export function themeOf(room: Theme | undefined, title: string): Theme & { kind: RoomKind } {
  const { name = title, break: old = '', build = '', kind } = room ?? {};
  return { name, break: old, build, kind: roomKind({ break: old, build, kind }) };
}
