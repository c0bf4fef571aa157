import type { Fixture, TestClient } from '../../support/client.ts';

/** The server under attack and who attacks it. */
export interface Target {
  /** `http://127.0.0.1:…` */
  readonly url: string;
  /** What an office has made there; the meeting `f.sessionId` is running. */
  readonly f: Fixture;
  /** A participant of that meeting who means no good. */
  readonly attacker: TestClient;
  random(): number;
}

/**
 * One hostile input. While it runs, and for at least 1.5 s, two honest clients in another room trade edits and messages and the memory
 * of the server is watched; what they notice is judged by the caller. To add one: a file beside this one, a line in `inputs.ts`.
 */
export interface HostileInput {
  /** From whom and what: stands in the report. */
  readonly name: string;
  /**
   * Sends it, over loopback, in a few seconds and bounded in number; closes what it has opened. Returns in words what came back and
   * should not have; a throw counts as one of these.
   */
  run(target: Target): Promise<string[]>;
}
