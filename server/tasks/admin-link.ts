import { createTrail } from '../features/admin/trail.ts';
import { createIdentity } from '../features/identity/identity.ts';
import { NO_EVENT } from '../platform/audit-trail.ts';
import type { Config } from '../platform/config.ts';
import { noteIn } from '../platform/heads-file.ts';
import { createLog } from '../platform/log.ts';
import { openStorage } from '../storage/open.ts';
import { addresses, atEach } from './addresses.ts';
import { both } from '../platform/both.ts';
import type { Task } from './task.ts';

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
    const { url: path } = await identity.adminLink('');
    // Whoever can run commands here can make an administrator: that is in the audit too, in a chain of this process.
    const trail = createTrail({ records, now: Date.now, log: createLog('silent'), noteHead: noteIn(config) });
    await trail.record({
      ...NO_EVENT,
      procedure: 'task.adminLink',
      verb: 'create',
      objectKind: 'admin-link',
    });
    await trail.close();
    say(
      both(
        '管理员链接，24小时内有效，只能用一次，以前的管理员链接作废。用能打开的那个地址：',
        'Open this link once, within 24 hours; links made before are void. Any of its addresses will do:',
      ),
    );
    say(atEach(addresses(config, config.port), path));
  } finally {
    await opened.close();
  }
}
