import { createTrail } from '../features/admin/trail.ts';
import { createIdentity } from '../features/identity/identity.ts';
import { NO_EVENT } from '../platform/audit-trail.ts';
import type { Config } from '../platform/config.ts';
import { noteIn } from '../platform/heads-file.ts';
import { createLog } from '../platform/log.ts';
import { openStorage } from '../storage/open.ts';
import { lanAddresses } from '../transport/request.ts';
import type { Task } from './task.ts';

/** Where a link printed on the command line points to: PUBLIC_URL, the one address that is served, or the first LAN address. */
export function originFor({ publicUrl, host, port }: Config): string {
  const everywhere = host === '0.0.0.0' || host === '::';
  const name = everywhere ? (lanAddresses()[0] ?? 'localhost') : host;
  return publicUrl ?? `http://${name}:${port}`;
}

/** Prints a new one-time link that makes an administrator, also beside a running server. */
export async function adminLink(config: Config, { say }: Task): Promise<void> {
  const opened = await openStorage(config);
  try {
    const { records } = opened.storage;
    const identity = createIdentity({
      records,
      log: createLog('silent'),
      campaignName: () => Promise.resolve(''),
    });
    const { url } = await identity.adminLink(originFor(config));
    // Whoever can run commands here can make an administrator: that is in the audit too, in a chain of this process.
    const trail = createTrail({ records, now: Date.now, log: createLog('silent'), noteHead: noteIn(config) });
    await trail.record({
      ...NO_EVENT,
      procedure: 'task.adminLink',
      verb: 'create',
      objectKind: 'admin-link',
    });
    await trail.close();
    say(`Open this link once, within 24 hours; links made before are void:\n  ${url}`);
  } finally {
    await opened.close();
  }
}
