import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Storage } from '../../server/storage/port.ts';
import { openTestStorage } from '../support/test-storage.ts';
import { TestClient } from '../support/client.ts';
import { beginMeeting, endMeetings, type Meeting } from '../support/meeting.ts';
import { startServer } from '../support/server.ts';

let storage: Storage;
let m: Meeting;
beforeAll(async () => {
  storage = await openTestStorage();
  m = await beginMeeting(storage);
});
afterAll(async () => {
  await endMeetings();
  await storage.close();
});

describe('the OpenAPI document', () => {
  test('resolves every reference and declares every parameter of its paths', async () => {
    const document = (await (await fetch(`${m.url}/api/openapi.json`)).json()) as {
      paths: Record<
        string,
        Record<string, { parameters: { name: string; in: string; required: boolean }[]; operationId: string }>
      >;
    };
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]!);
    const resolve = (ref: string) =>
      ref
        .replace('#/', '')
        .split('/')
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
    for (const ref of new Set(refs)) expect([ref, resolve(ref)]).toEqual([ref, expect.anything()]);
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.values(methods).map((operation) => ({ path, operation })),
    );
    expect(operations.length).toBeGreaterThan(60);
    for (const { path, operation } of operations) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
      const declared = operation.parameters.filter((each) => each.in === 'path');
      expect(declared.map((each) => each.name).toSorted()).toEqual(named.toSorted());
      expect(declared.every((each) => each.required)).toBe(true);
    }
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
  });
});

describe('a page', () => {
  const csp = async (url: string) => {
    const answer = await fetch(`${url}/`);
    return {
      csp: answer.headers.get('content-security-policy')!,
      html: await answer.text(),
      headers: answer.headers,
    };
  };

  test('has a nonce of its own and allows nothing inline', async () => {
    const [a, b] = [await csp(m.url), await csp(m.url)];
    const nonce = /'nonce-([^']+)'/.exec(a.csp)![1]!;
    expect(a.html).toContain(`nonce="${nonce}"`);
    expect(b.csp).not.toContain(nonce);
    expect(a.csp).not.toMatch(/unsafe-inline|unsafe-eval|https?:|\*/);
    expect(a.csp).not.toContain('upgrade-insecure-requests');
    expect(a.headers.get('strict-transport-security')).toBeNull();
    expect(a.headers.get('cache-control')).toBe('no-store');
  });

  test('is held to https only where PUBLIC_URL says so', async () => {
    const server = await startServer({ config: { publicUrl: 'https://board.example' } });
    try {
      const { headers, csp: policy } = await csp(server.url);
      expect(headers.get('strict-transport-security')).toContain('max-age');
      expect(policy).toContain('upgrade-insecure-requests');
      const { url } = await server.app.identity.adminLink('https://board.example');
      const client = new TestClient(server.url);
      const answer = await client.fetch(`/api/links/${url.split('/').at(-1)}/use`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: 'https://board.example' },
        body: JSON.stringify({ name: '办公室', login: 'office', password: 'long enough 8' }),
      });
      expect(answer.status).toBe(200);
      for (const line of answer.headers.getSetCookie())
        expect(line).toMatch(/HttpOnly; SameSite=Lax; .*Secure$/);
    } finally {
      await server.close();
    }
    const plain = await fetch(`${m.url}/api/me`);
    for (const line of plain.headers.getSetCookie()) expect(line).not.toContain('Secure');
  });

  test('is linked under PUBLIC_URL, else under the host that was asked, else under an address of the LAN', async () => {
    const link = async (headers: Record<string, string>) => {
      const answer = await m.admin.fetch(`/api/campaigns/${m.campaignId}/people/${m.people['何清']}/link`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{}',
      });
      return ((await answer.json()) as { url: string }).url;
    };
    expect(await link({})).toMatch(/^http:\/\/(?!localhost)[\d.]+:\d+\/l\//);
    const { hostname, port } = new URL(m.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /api/campaigns/${m.campaignId}/people/${m.people['何清']}/link HTTP/1.1\r\nHost: board.school:3000\r\nCookie: ${m.admin.cookie}\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`,
    );
    let answer = '';
    socket.on('data', (data) => (answer += data.toString()));
    await once(socket, 'close');
    expect(answer).toContain('"url":"http://board.school:3000/l/');
  });
});
