import assert from 'node:assert/strict';
import { knex } from '../../../src/db.js';
import { type Account, useServer } from '../../support/server.js';
import { isTime, itIsGuarded, keysOf } from '../guarded.js';
import { Client } from './client.js';

describe('POST /api/ws/ticket', () => {
  const server = useServer();
  const clients: Client[] = [];
  let ann: Account;
  itIsGuarded(server, 'POST', '/api/ws/ticket');

  beforeEach(async () => {
    ann = await server.signIn('ann@example.com');
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.socket.terminate();
  });
  const ask = async () => (await server.request('POST', '/api/ws/ticket', { token: ann.token })).json.ticket as string;
  function open(query: string): Client {
    const client = new Client(server.liveUrl(`&${query}`));
    clients.push(client);
    return client;
  }
  async function assertRefused(client: Client): Promise<void> {
    await client.until(() => client.closed !== undefined);
    assert.deepEqual([client.closed!.code, client.frames.map(({ code }) => code)], [4401, ['UNAUTHORIZED']]);
  }
  async function assertOpen(client: Client): Promise<void> {
    await client.opened();
    client.send({ type: 'ping' });
    await client.until(() => client.frames.length > 0);
    assert.deepEqual(client.frames, [{ type: 'pong' }]);
  }

  it('answers with a ticket, of which the database knows only the hash, and an audit row', async () => {
    const { status, json } = await server.request('POST', '/api/ws/ticket', { token: ann.token });
    assert.deepEqual([status, keysOf(json)], [200, ['ticket', 'expiresAt']]);
    assert.match(json.expiresAt, isTime);
    const left = (Date.parse(json.expiresAt) - Date.now()) / 1000;
    assert.ok(left > 20 && left <= 31, String(left));
    const rows = await knex()('socket_tickets').select();
    assert.ok(!JSON.stringify(rows).includes(json.ticket));
    assert.ok(await knex()('audit_logs').where({ event_type: 'socket_ticket_created', user_id: ann.id }).first());
  });

  it('refuses a ticket that was never given out, one that is too old, and an access token in its place', async () => {
    const late = await ask();
    await knex()('socket_tickets').update({ expires_at: new Date(Date.now() - 1) });
    for (const ticket of ['nonsense', late, ann.token]) await assertRefused(open(`ticket=${ticket}`));
  });

  it('opens one connection, and no second one', async () => {
    const ticket = await ask();
    await assertOpen(open(`ticket=${ticket}`));
    await assertRefused(open(`ticket=${ticket}`));
    await assertRefused(open(`ticket=${ticket}&token=${ann.token}`));
  });

  it('opens one of several connections that come at once', async () => {
    const ticket = await ask();
    const all = [1, 2, 3, 4].map(() => open(`ticket=${ticket}`));
    await Promise.all(all.map((client) => client.opened()));
    await Promise.all(all.map(async (client) => {
      if (!client.closed) client.send({ type: 'ping' });
      await client.until(() => client.frames.length > 0);
    }));
    assert.deepEqual(all.map(({ frames }) => frames[0]!.type).sort(), ['error', 'error', 'error', 'pong']);
  });

  it('ends with the session: before it is used, and the connection after', async () => {
    const [used, unused] = [await ask(), await ask()];
    const client = open(`ticket=${used}`);
    await assertOpen(client);
    await server.request('POST', '/api/auth/logout', { token: ann.token });
    await client.until(() => client.closed !== undefined);
    assert.equal(client.closed!.code, 4401);
    await assertRefused(open(`ticket=${unused}`));
  });

  it('takes away what is too old', async () => {
    await ask();
    await knex()('socket_tickets').update({ expires_at: new Date(0) });
    await ask();
    assert.deepEqual(await knex()('socket_tickets').where('expires_at', '<', new Date()).count('* as count').first(), { count: 0 });
  });
});
