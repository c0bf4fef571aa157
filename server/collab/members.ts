import { Outgoing } from '../platform/outgoing.ts';
import type { Author } from './batch.ts';
import { PresenceBoard } from './presence.ts';
import { awarenessFrame, type Presence, updateFrame } from './protocol.ts';

/** A socket as its document sees it. */
export interface Member extends Author {
  readonly mayWrite: boolean;
  /** What it waited for has come. */
  askAgain(): void;
  /** Called right after the document changed, so that what was sent and what the document holds are the same. */
  send(frame: Outgoing): void;
  /** The same for the last frame of a tick: written at once where nothing waits before it. */
  sendNow(frame: Outgoing): void;
}

interface News {
  presence: Presence;
  /** Who said it and must not hear it: to him it would be newer than what he knows. */
  by: Member | undefined;
}

/** The sockets of one document and where they are: what changes is told once a tick, the latest of each. */
export class Members {
  readonly #members = new Set<Member>();
  readonly #presence = new PresenceBoard();
  /** By Yjs client id. */
  readonly #news = new Map<number, News>();
  #all: Outgoing | undefined;

  get hasNews(): boolean {
    return this.#news.size > 0;
  }

  join(member: Member): void {
    this.#members.add(member);
    member.send(this.presences());
  }

  leave(member: Member): void {
    this.#members.delete(member);
    const removal = this.#presence.leave(member);
    if (removal) this.#note(removal, undefined);
  }

  /** What he shows of himself now, if he may and it is news. */
  present(member: Member, entries: readonly Presence[]): Presence | undefined {
    const shown = this.#presence.take(member, entries);
    if (shown) this.#note(shown, member);
    return shown;
  }

  presences(): Outgoing {
    this.#all ??= awarenessFrame(this.#presence.all());
    return this.#all;
  }

  /** Tells everybody what is new: the update, except to the one who has it already, and who is where, except to himself. */
  tell(update: Uint8Array | undefined, knows: Author | undefined, authors: ReadonlySet<Author>): void {
    const updated = update && updateFrame(update);
    if (this.#news.size === 0) {
      if (updated) this.#tellAll(updated, knows, authors);
      return;
    }
    const news = [...this.#news.values()];
    this.#news.clear();
    const shown = new Set<Author>();
    for (const { by } of news) if (by) shown.add(by);
    const moved = awarenessFrame(news.map(({ presence }) => presence));
    const all = updated ? Outgoing.join([updated, moved]) : moved;
    for (const member of this.#members) {
      if (member !== knows && !shown.has(member) && !authors.has(member)) {
        member.sendNow(all);
        continue;
      }
      if (updated && member !== knows) member.send(updated);
      const others = shown.has(member) ? without(news, member) : moved;
      if (others) member.send(others);
    }
  }

  /** Authors hear in the same write that it is durable. */
  #tellAll(frame: Outgoing, knows: Author | undefined, authors: ReadonlySet<Author>): void {
    for (const member of this.#members) {
      if (member === knows) continue;
      if (authors.has(member)) member.send(frame);
      else member.sendNow(frame);
    }
  }

  /** To each his own state, as a sign of life. */
  echo(): void {
    const none = awarenessFrame([]);
    for (const member of this.#members) {
      const own = this.#presence.echo(member);
      member.send(own.length > 0 ? awarenessFrame(own) : none);
    }
  }

  sendAway(code: number, reason: string): void {
    for (const member of [...this.#members]) member.close(code, reason);
  }

  #note(presence: Presence, by: Member | undefined): void {
    this.#all = undefined;
    this.#news.set(presence.clientId, { presence, by });
  }
}

function without(news: readonly News[], member: Member): Outgoing | undefined {
  const others = news.filter(({ by }) => by !== member);
  return others.length > 0 ? awarenessFrame(others.map(({ presence }) => presence)) : undefined;
}
