import { expect, it } from 'vitest';
import { createAdmin } from '../../server/features/admin/admin.ts';
import { createTrail } from '../../server/features/admin/trail.ts';
import { NO_EVENT } from '../../server/platform/audit-trail.ts';
import { createLog } from '../../server/platform/log.ts';
import { admin as contract } from '../../shared/contract/admin.ts';
import { onBothEngines } from '../support/engines.ts';
import { failureOf, openOffice } from '../support/office.ts';

onBothEngines('the audit', (storage) => {
  it('is read by the office, newest first and page by page', async () => {
    const { records } = storage();
    const at = openOffice(records);
    const { desk, phone } = await at.proven();
    const handlers = createAdmin({ records });
    const trail = createTrail({ records, now: () => at.clock.ms++, log: createLog('silent') });
    const event = { ...NO_EVENT, personName: '周敏', verb: 'edit', objectKind: 'campaign', objectId: '1' };
    for (const verb of ['create', 'edit', 'remove'])
      await trail.record({ ...event, procedure: `campaigns.${verb}` });
    const page = await handlers.audit(await desk.call(), { limit: 2 });
    expect(contract.audit.output.parse(page)).toEqual(page);
    expect(page.map((row) => row.procedure)).toEqual(['campaigns.remove', 'campaigns.edit']);
    const next = await handlers.audit(await desk.call(), { limit: 2, before: page[1]!.auditId });
    expect(next).toMatchObject([{ ...event, procedure: 'campaigns.create' }]);
    expect(await failureOf(handlers.audit(await phone.call(), { limit: 2 }))).toBe('FORBIDDEN not.allowed');
    expect(await failureOf(handlers.audit(await at.browser().call(), { limit: 2 }))).toBe(
      'UNAUTHENTICATED sign.in',
    );
  });
});
