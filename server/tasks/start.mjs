import { buildIfStale } from './build-if-stale.mjs';

// The build is made by a child that is gone by now; the server runs in this process, so a stop signal reaches it.
buildIfStale();
await import(new URL('../../dist/server/main.js', import.meta.url).href);
