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
  campaigns: '0c5dc4b97aa57b12',
  events: '1564527e18f3930f',
  exports: '497e279397e28844',
  identity: 'cb4c0bf476dd0d54',
  log: '5c15a4f09cc2d27c',
  minutes: '64c2f64009090215',
  rooms: '62c9e13025fc4dca',
  session: '9dfbc18e53c7f6c1',
};
