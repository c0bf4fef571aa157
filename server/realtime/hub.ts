import type { LiveEvents } from '../../shared/contract/events.ts';

/** One connected device in a channel. `since` is a server time in ms. */
export interface Member {
  connectionId: string;
  personId: string;
  tokenId: string;
  since: number;
}

/** Tells connected clients things and knows who is connected. Nothing here is durable: the log is. */
export interface Hub {
  /**
   * Tells everybody in the channel. Of what a slow reader has missed, the newest of each event, channel and `about` is told: two
   * things of which the newer does not say the older one's part differ in `about`.
   */
  publish<E extends keyof LiveEvents>(
    channel: string,
    event: E,
    payload: LiveEvents[E],
    about?: string,
  ): void;
  /** Tells the matching connections, in whatever channels they are. */
  tell<E extends keyof LiveEvents>(
    match: (member: Member) => boolean,
    event: E,
    payload: LiveEvents[E],
  ): void;
  members(channel: string): Member[];
  /** Called whenever a connection enters or leaves a channel. */
  onMembership(listener: (channel: string, member: Member, entered: boolean) => void): void;
  /** Closes the matching connections; they come back by themselves and are asked again who they are. */
  drop(match: (member: Member) => boolean): void;
}
