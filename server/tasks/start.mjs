import { buildIfStale } from './build-if-stale.mjs';

// One process, not a shell with a child: a stop signal reaches the server itself.
buildIfStale();
await import(new URL('../../dist/server/main.js', import.meta.url).href);
