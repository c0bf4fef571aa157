// crypto.randomUUID needs a secure context; getRandomValues works on plain HTTP too.
function hex(bytes: Uint8Array): string {
  const s = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
  return `${s.slice(0, 8)}-${s.slice(8, 12)}-${s.slice(12, 16)}-${s.slice(16, 20)}-${s.slice(20)}`;
}

function stamp(bytes: Uint8Array, version: number): string {
  bytes[6] = (bytes[6]! & 0x0f) | (version << 4);
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return hex(bytes);
}

/** UUIDv7 (RFC 9562 §5.7): sorts by the millisecond of its making. For everything but what must not reveal time or author. */
export function newId(now: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let ms = now;
  for (let i = 5; i >= 0; i--) {
    bytes[i] = ms % 256;
    ms = Math.floor(ms / 256);
  }
  return stamp(bytes, 7);
}

/** UUIDv4: reveals nothing. For ballots and detached texts. */
export function randomId(): string {
  return stamp(crypto.getRandomValues(new Uint8Array(16)), 4);
}
