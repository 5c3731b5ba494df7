import assert from 'node:assert/strict';
import { AuditLog } from '../../src/audit/auditLog.model.js';
import { knex } from '../../src/db.js';
import { allowPrivateHosts } from '../../src/outbound/hosts.js';
import { openConnector } from '../../src/connectors/connectors.service.js';
import { useServer } from '../support/server.js';
import { assertDenied, assertInvalid, isTime, itIsGuarded, keysOf } from './guarded.js';
import { makeWorld, type World } from './world.js';

const email = {
  enabled: true, imapHost: 'imap.example.com', imapPort: 993, imapUsername: 'ann@example.com', imapPassword: 'canary-imap',
  smtpHost: 'smtp.example.com', smtpPort: 587, smtpUsername: 'ann@example.com', smtpPassword: 'canary-smtp',
};
const { imapPassword: _imapPassword, smtpPassword: _smtpPassword, ...withoutPasswords } = email;

describe('GET /api/personas/:personaId/connectors', () => {
  const server = useServer();
  itIsGuarded(server, 'GET', '/api/personas/:personaId/connectors', 'Persona');

  it('answers 403 to a stranger, also to an admin', async () => {
    const { stranger, persona } = await makeWorld(server);
    const admin = await server.signIn('admin@example.com', 'admin');
    for (const { token } of [stranger, admin]) assertDenied(await server.request('GET', `/api/personas/${persona.id}/connectors`, { token }));
  });

  it('shows to everyone with access that nothing is configured', async () => {
    const { owner, editor, viewer, persona } = await makeWorld(server);
    for (const { token } of [owner, editor, viewer]) {
      const { status, json } = await server.request('GET', `/api/personas/${persona.id}/connectors`, { token });
      assert.deepEqual([status, json], [200, {
        email: { enabled: false, imapHost: null, imapPort: null, smtpHost: null, smtpPort: null, username: null },
        browser: { enabled: false, profilePath: null },
        desktopVm: { enabled: false, vncHost: null, vncPort: null },
      }]);
    }
  });
});

describe('PUT /api/personas/:personaId/connectors/email', () => {
  const server = useServer();
  const put = ({ persona, owner }: World, body: unknown, token = owner.token) =>
    server.request('PUT', `/api/personas/${persona.id}/connectors/email`, { token, body });
  itIsGuarded(server, 'PUT', '/api/personas/:personaId/connectors/email', 'Persona', email);

  it('answers 400 naming each field at fault', async () => {
    const world = await makeWorld(server);
    assertInvalid(await put(world, {}), { enabled: 'Enabled is required' });
    assertInvalid(await put(world, { ...email, enabled: 'yes', imapPort: '993' }), { enabled: 'Enabled must be true or false', imapPort: 'Imap port must be a whole number' });
    assertInvalid(await put(world, { ...email, imapPort: 0, smtpPort: 65_536, imapHost: 'a b', smtpUsername: 'a\r\nb', smtpPassword: ' ' }), {
      imapPort: 'Imap port must be from 1 to 65535', smtpPort: 'Smtp port must be from 1 to 65535', imapHost: 'Imap host must be a host name or an IP address',
      smtpUsername: 'Smtp username must be one line of plain text', smtpPassword: 'Smtp password is required',
    });
    assertInvalid(await put(world, { enabled: true, imapHost: 'imap.example.com', imapPassword: null }), Object.fromEntries(
      ['imapPort', 'imapUsername', 'imapPassword', 'smtpHost', 'smtpPort', 'smtpUsername', 'smtpPassword']
        .map((field) => [field, `${field[0]!.toUpperCase()}${field.slice(1).replace(/[A-Z]/, (letter) => ` ${letter.toLowerCase()}`)} is required`])));
  });

  it('answers 400 to a private host, unless those are allowed', async () => {
    const world = await makeWorld(server);
    const sentence = (field: string) => ({ [`${field}Host`]: `${field === 'imap' ? 'Imap' : 'Smtp'} host must be a host on the public internet` });
    for (const host of ['localhost', '127.0.0.1', '10.1.2.3', '169.254.169.254', '::1', '0x7f.1', '::ffff:192.168.0.1']) {
      assertInvalid(await put(world, { ...email, imapHost: host }), sentence('imap'));
      assertInvalid(await put(world, { ...email, smtpHost: host }), sentence('smtp'));
    }
    allowPrivateHosts(true);
    try {
      assert.equal((await put(world, { ...email, imapHost: '127.0.0.1' })).status, 200);
    } finally {
      allowPrivateHosts(false);
    }
  });

  it('answers 400 when a host or username changes without its password', async () => {
    const world = await makeWorld(server);
    await put(world, email);
    for (const change of [{ imapHost: 'evil.example' }, { imapUsername: 'eve' }, { imapHost: null, enabled: false }]) {
      assertInvalid(await put(world, { ...withoutPasswords, ...change }), { imapPassword: 'Imap password must be given again when imap host or imap username changes' });
    }
    assertInvalid(await put(world, { enabled: false, smtpHost: 'evil.example' }), { smtpPassword: 'Smtp password must be given again when smtp host or smtp username changes' });
    assert.equal((await openConnector(world.persona.id, 'email'))?.imapHost, 'imap.example.com');
    assert.equal((await put(world, { ...withoutPasswords, imapPort: 143, imapHost: 'mail.example.com', imapPassword: 'new' })).status, 200);
  });

  it('answers 403 to a stranger and to a viewer', async () => {
    const world = await makeWorld(server);
    for (const { token } of [world.stranger, world.viewer]) assertDenied(await put(world, email, token));
  });

  it('answers 200 with exactly the documented keys, and keeps what is left out', async () => {
    const world = await makeWorld(server);
    const { status, json } = await put(world, { ...email, id: 'x', updatedAt: '2001-01-01' }, world.editor.token);
    assert.deepEqual([status, keysOf(json)], [200, ['enabled', 'imapHost', 'imapPort', 'smtpHost', 'smtpPort', 'username', 'updatedAt']]);
    assert.match(json.updatedAt, isTime);
    const { updatedAt: _updatedAt, ...shown } = json;
    assert.deepEqual(shown, { enabled: true, imapHost: 'imap.example.com', imapPort: 993, smtpHost: 'smtp.example.com', smtpPort: 587, username: 'ann@example.com' });
    const list = await server.request('GET', `/api/personas/${world.persona.id}/connectors`, { token: world.viewer.token });
    assert.deepEqual(list.json.email, shown);
    const off = await put(world, { enabled: false, imapPort: 143 });
    assert.deepEqual([off.status, off.json.enabled, off.json.imapPort, off.json.smtpHost], [200, false, 143, 'smtp.example.com']);
    assert.equal(await openConnector(world.persona.id, 'email'), null);
    await put(world, { enabled: true });
    assert.deepEqual(await openConnector(world.persona.id, 'email'), (({ enabled: _enabled, ...values }) => ({ ...values, imapPort: 143 }))(email));
  });

  it('forgets a password that is emptied', async () => {
    const world = await makeWorld(server);
    await put(world, email);
    assert.equal((await put(world, { enabled: false, imapPassword: null, smtpPassword: null })).status, 200);
    assert.equal((await knex()('connectors').where({ persona_id: world.persona.id }).first('secrets')).secrets, null);
  });

  it('shows no password in an answer, an audit row or the table', async () => {
    const world = await makeWorld(server);
    const answers = [await put(world, email), await put(world, { ...email, imapHost: 'localhost' }), await put(world, { ...email, imapPassword: 5 })];
    const rows = await AuditLog.query().where({ persona_id: world.persona.id });
    assert.deepEqual(rows.map(({ eventType, userId, metadata }) => [eventType, userId, metadata]),
      [['connector_configured', world.owner.id, { connector: 'email', enabled: true, changed: Object.keys(email).filter((key) => key !== 'enabled').sort() }]]);
    const stored = await knex()('connectors').where({ persona_id: world.persona.id }).first();
    const all = JSON.stringify([answers.map(({ text }) => text), rows, stored, stored.secrets.toString('latin1')]);
    assert.ok(!all.includes('canary'), all);
  });

  it('lets two at the same moment configure one after the other', async () => {
    const world = await makeWorld(server);
    const answers = await Promise.all([put(world, email), put(world, email)]);
    assert.deepEqual(answers.map(({ status }) => status), [200, 200]);
  });
});

describe('PUT /api/personas/:personaId/connectors/browser', () => {
  const server = useServer();
  const put = ({ persona, owner }: World, body: unknown, token = owner.token) =>
    server.request('PUT', `/api/personas/${persona.id}/connectors/browser`, { token, body });
  itIsGuarded(server, 'PUT', '/api/personas/:personaId/connectors/browser', 'Persona', { enabled: false });

  it('answers 400 naming each field at fault', async () => {
    const world = await makeWorld(server);
    assertInvalid(await put(world, {}), { enabled: 'Enabled is required' });
    assertInvalid(await put(world, { enabled: true }), { profilePath: 'Profile path is required' });
    for (const profilePath of ['relative', '/a/../etc', 'C:\\x']) {
      assertInvalid(await put(world, { enabled: true, profilePath }), { profilePath: 'Profile path must be an absolute path such as /cache/browser-profile' });
    }
    assertInvalid(await put(world, { enabled: true, profilePath: '/a\u0007' }), { profilePath: 'Profile path must be one line of plain text' });
  });

  it('answers 403 to a stranger and to a viewer', async () => {
    const world = await makeWorld(server);
    for (const { token } of [world.stranger, world.viewer]) assertDenied(await put(world, { enabled: false }, token));
  });

  it('configures it', async () => {
    const world = await makeWorld(server);
    const { status, json } = await put(world, { enabled: true, profilePath: '/cache/browser-profile' }, world.editor.token);
    assert.deepEqual([status, json], [200, { enabled: true, profilePath: '/cache/browser-profile', updatedAt: json.updatedAt }]);
    assert.ok(await AuditLog.query().findOne({ event_type: 'connector_configured', persona_id: world.persona.id, user_id: world.editor.id }));
  });
});

describe('PUT /api/personas/:personaId/connectors/desktop-vm', () => {
  const server = useServer();
  const put = ({ persona, owner }: World, body: unknown, token = owner.token) =>
    server.request('PUT', `/api/personas/${persona.id}/connectors/desktop-vm`, { token, body });
  itIsGuarded(server, 'PUT', '/api/personas/:personaId/connectors/desktop-vm', 'Persona', { enabled: false });

  it('answers 400 naming each field at fault', async () => {
    const world = await makeWorld(server);
    assertInvalid(await put(world, { enabled: true }), { vncHost: 'Vnc host is required', vncPort: 'Vnc port is required' });
    assertInvalid(await put(world, { enabled: true, vncHost: '192.168.0.9', vncPort: 5900 }), { vncHost: 'Vnc host must be a host on the public internet' });
  });

  it('answers 403 to a stranger and to a viewer', async () => {
    const world = await makeWorld(server);
    for (const { token } of [world.stranger, world.viewer]) assertDenied(await put(world, { enabled: false }, token));
  });

  it('configures it, with a password that is asked for again when the host changes', async () => {
    const world = await makeWorld(server);
    const { status, json } = await put(world, { enabled: true, vncHost: 'desktop.example.com', vncPort: 5900, vncPassword: 'canary' });
    assert.deepEqual([status, json], [200, { enabled: true, vncHost: 'desktop.example.com', vncPort: 5900, updatedAt: json.updatedAt }]);
    assertInvalid(await put(world, { enabled: true, vncHost: 'evil.example' }), { vncPassword: 'Vnc password must be given again when vnc host changes' });
  });
});
