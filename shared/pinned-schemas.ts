/**
 * What goes over the wire, pinned: a digest for each slice of the contract, one for the events and one for the room's log. A test
 * (`protocol.test.ts`) says which line no longer fits and what its new digest is. Two pages of different age may meet one server, so:
 *
 *   - a new procedure, or a new optional field that both sides can do without: write the new digest here, nothing else;
 *   - anything else (a field that is required, renamed, gone or of another type; a new kind of entry or event; a narrower
 *     limit): write the new digest AND raise PROTOCOL_VERSION in `version.ts` by one, with a line of its history. At most once an
 *     issue: whoever comes second in the same issue only writes the digest.
 */
export const PINNED_SCHEMAS: Readonly<Record<string, string>> = {
  admin: '591b8c700045bc6d',
  board: '1fc7f478cf34bf12',
  campaigns: '9f588d97bf47b20d',
  events: 'a9f17c7a3cc68736',
  exports: '497e279397e28844',
  identity: '62283cdeba19b62b',
  log: 'd55d801da70e8f3e',
  minutes: '64c2f64009090215',
  rooms: '62c9e13025fc4dca',
  session: 'bdce2ad62da7b6d9',
};
