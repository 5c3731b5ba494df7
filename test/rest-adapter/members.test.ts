import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { AuditLog } from '../../src/audit/auditLog.model.js';
import { User } from '../../src/users/user.model.js';
import { useServer } from '../support/server.js';
import { assertDenied, assertInvalid, isTime, itIsGuarded, keysOf } from './guarded.js';
import { makePersona, makeWorld, type World } from './world.js';

const documentedKeys = ['id', 'personaId', 'userId', 'userName', 'userEmail', 'role', 'createdAt'];

describe('GET /api/personas/:id/members', () => {
  const server = useServer();
  itIsGuarded(server, 'GET', '/api/personas/:id/members', 'Persona');

  it('answers 403 to a stranger, also to an admin', async () => {
    const { stranger, persona } = await makeWorld(server);
    const admin = await server.signIn('admin@example.com', 'admin');
    for (const { token } of [stranger, admin]) assertDenied(await server.request('GET', `/api/personas/${persona.id}/members`, { token }));
  });

  it('shows members to everyone with access, without the owner', async () => {
    const { owner, editor, viewer, persona } = await makeWorld(server);
    for (const { token } of [owner, editor, viewer]) {
      const { status, json } = await server.request('GET', `/api/personas/${persona.id}/members`, { token });
      assert.deepEqual([status, keysOf(json), keysOf(json.data[0])], [200, ['data'], documentedKeys]);
      assert.deepEqual(json.data.map(({ userId, userName, userEmail, role }: Record<string, string>) => [userId, userName, userEmail, role]), [
        [editor.id, editor.name, editor.email, 'editor'], [viewer.id, viewer.name, viewer.email, 'viewer'],
      ]);
    }
  });
});

describe('POST /api/personas/:id/members', () => {
  const server = useServer();
  const share = ({ persona, owner }: World, body: unknown, token = owner.token) =>
    server.request('POST', `/api/personas/${persona.id}/members`, { token, body });
  itIsGuarded(server, 'POST', '/api/personas/:id/members', 'Persona', { userEmail: 'a@example.com', role: 'editor' });

  it('answers 400 naming each field at fault', async () => {
    const world = await makeWorld(server);
    assertInvalid(await share(world, {}), { userEmail: 'User email is required', role: 'Role is required' });
    assertInvalid(await share(world, { userEmail: ' ', role: 'viewer' }), { userEmail: 'User email is required' });
    assertInvalid(await share(world, { userEmail: 5, role: 'owner' }), { userEmail: 'User email must be text', role: 'Role must be one of editor, viewer' });
    for (const userEmail of ['nobody', 'a b@example.com', '@example.com', 'a@', 'a@b@c']) {
      assertInvalid(await share(world, { userEmail, role: 'viewer' }), { userEmail: 'User email must be a valid email' });
    }
  });

  it('answers 403 to all but the owner', async () => {
    const world = await makeWorld(server);
    for (const { token } of [world.stranger, world.viewer, world.editor]) {
      assertDenied(await share(world, { userEmail: world.stranger.email, role: 'editor' }, token));
    }
  });

  it('answers 404 naming the field when no active user has the address', async () => {
    const world = await makeWorld(server);
    await User.query().patch({ isActive: false }).where({ id: world.stranger.id });
    for (const userEmail of ['nobody@example.com', world.stranger.email]) {
      const { status, json } = await share(world, { userEmail, role: 'editor' });
      assert.deepEqual([status, json], [404, { error: 'User not found', code: 'NOT_FOUND', details: { userEmail: 'No user has this email' } }]);
    }
  });

  it('answers 409 for a member and for the owner', async () => {
    const world = await makeWorld(server);
    for (const { email } of [world.viewer, world.owner]) {
      const { status, json } = await share(world, { userEmail: email, role: 'editor' });
      assert.deepEqual([status, json.code], [409, 'DUPLICATE_RESOURCE']);
    }
  });

  it('answers 201 with exactly the documented keys, and the persona is shared at once', async () => {
    const world = await makeWorld(server);
    const { stranger, persona, owner } = world;
    const id = randomUUID();
    const { status, json } = await share(world, { userEmail: ` ${stranger.email.toUpperCase()} `, role: 'editor', id, userId: owner.id, createdAt: '2001-01-01' });
    assert.deepEqual([status, keysOf(json)], [201, documentedKeys]);
    assert.deepEqual(json, {
      id: json.id, personaId: persona.id, userId: stranger.id, userName: stranger.name, userEmail: stranger.email, role: 'editor',
      createdAt: json.createdAt,
    });
    assert.notEqual(json.id, id);
    assert.match(json.createdAt, isTime);
    const changed = await server.request('PUT', `/api/personas/${persona.id}`, { token: stranger.token, body: { description: 'Ours' } });
    assert.equal(changed.status, 200);
    const row = await AuditLog.query().findOne({ event_type: 'member_added', persona_id: persona.id });
    assert.deepEqual([row?.userId, row?.metadata], [owner.id, { userId: stranger.id, role: 'editor' }]);
  });

  it('lets one of two at the same moment through', async () => {
    const world = await makeWorld(server);
    const body = { userEmail: world.stranger.email, role: 'viewer' };
    const answers = await Promise.all([share(world, body), share(world, body)]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409]);
  });
});

/** The id of someone's membership, as the list shows it. */
async function memberId(server: ReturnType<typeof useServer>, { persona, owner }: World, userId: string): Promise<string> {
  const { json } = await server.request('GET', `/api/personas/${persona.id}/members`, { token: owner.token });
  return json.data.find((member: { userId: string }) => member.userId === userId).id;
}

describe('PUT /api/personas/:id/members/:memberId', () => {
  const server = useServer();
  itIsGuarded(server, 'PUT', '/api/personas/:id/members/:memberId', 'Persona', { role: 'viewer' });

  it('answers 400 naming a role that cannot be', async () => {
    const world = await makeWorld(server);
    const path = `/api/personas/${world.persona.id}/members/${await memberId(server, world, world.viewer.id)}`;
    const put = (body: unknown) => server.request('PUT', path, { token: world.owner.token, body });
    assertInvalid(await put({}), { role: 'Role is required' });
    assertInvalid(await put({ role: null }), { role: 'Role is required' });
    assertInvalid(await put({ role: 'owner' }), { role: 'Role must be one of editor, viewer' });
  });

  it('answers 403 to all but the owner', async () => {
    const world = await makeWorld(server);
    const path = `/api/personas/${world.persona.id}/members/${await memberId(server, world, world.viewer.id)}`;
    for (const { token } of [world.stranger, world.viewer, world.editor]) {
      assertDenied(await server.request('PUT', path, { token, body: { role: 'editor' } }));
    }
  });

  it('changes the role, which holds from the next request on', async () => {
    const world = await makeWorld(server);
    const { owner, viewer, persona } = world;
    const path = `/api/personas/${persona.id}/members/${await memberId(server, world, viewer.id)}`;
    const { status, json } = await server.request('PUT', path, { token: owner.token, body: { role: 'editor', userId: owner.id } });
    assert.deepEqual([status, keysOf(json), json.role, json.userId], [200, documentedKeys, 'editor', viewer.id]);
    const edit = () => server.request('PUT', `/api/personas/${persona.id}`, { token: viewer.token, body: { description: 'x' } });
    assert.equal((await edit()).status, 200);
    await server.request('PUT', path, { token: owner.token, body: { role: 'viewer' } });
    assertDenied(await edit());
  });

  it('answers 404 to a member of another persona', async () => {
    const world = await makeWorld(server);
    const other = await makePersona(world.owner);
    const path = `/api/personas/${other.id}/members/${await memberId(server, world, world.viewer.id)}`;
    const { status, json } = await server.request('PUT', path, { token: world.owner.token, body: { role: 'editor' } });
    assert.deepEqual([status, json], [404, { error: 'Member not found', code: 'NOT_FOUND' }]);
  });
});

describe('DELETE /api/personas/:id/members/:memberId', () => {
  const server = useServer();
  itIsGuarded(server, 'DELETE', '/api/personas/:id/members/:memberId', 'Persona');

  it('answers 403 to all but the owner', async () => {
    const world = await makeWorld(server);
    const path = `/api/personas/${world.persona.id}/members/${await memberId(server, world, world.viewer.id)}`;
    for (const { token } of [world.stranger, world.viewer, world.editor]) assertDenied(await server.request('DELETE', path, { token }));
  });

  it('ends the sharing, once', async () => {
    const world = await makeWorld(server);
    const { owner, viewer, persona } = world;
    const path = `/api/personas/${persona.id}/members/${await memberId(server, world, viewer.id)}`;
    const { status, json } = await server.request('DELETE', path, { token: owner.token });
    assert.deepEqual([status, json], [200, { message: 'Member removed successfully' }]);
    assertDenied(await server.request('GET', `/api/personas/${persona.id}`, { token: viewer.token }));
    assert.equal((await server.request('DELETE', path, { token: owner.token })).status, 404);
    assert.ok(await AuditLog.query().findOne({ event_type: 'member_removed', persona_id: persona.id, user_id: owner.id }));
  });
});
