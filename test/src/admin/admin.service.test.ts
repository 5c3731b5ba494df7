import assert from 'node:assert/strict';
import { updateUser } from '../../../src/admin/admin.service.js';
import { AuditLog } from '../../../src/audit/auditLog.model.js';
import { login, startAuth, viewerFromToken } from '../../../src/auth/auth.service.js';
import { useDatabase } from '../../support/database.js';
import { createUser, createViewer, password, rejectsWith, useAuth } from '../../support/factories.js';

describe('updateUser', () => {
  useDatabase();
  useAuth();

  it('refuses a password that cannot be one', async () => {
    const admin = await createViewer({ role: 'admin' });
    await rejectsWith(updateUser(admin, admin.id, { password: 'short' }, {}), 'VALIDATION_ERROR', { password: 'Password must have at least 8 characters' });
    await rejectsWith(updateUser(admin, admin.id, { password: null }, {}), 'VALIDATION_ERROR', { password: 'Password is required' });
  });

  it('gives someone who has forgotten theirs another password, and ends their sessions', async () => {
    const admin = await createViewer({ role: 'admin' });
    const user = await createUser();
    const { token } = await login(user.email, password);
    await updateUser(admin, user.id, { password: 'quite another' }, {});
    await rejectsWith(viewerFromToken(token), 'UNAUTHORIZED');
    await rejectsWith(login(user.email, password), 'UNAUTHORIZED');
    assert.equal((await login(user.email, 'quite another')).user.id, user.id);
    assert.deepEqual((await AuditLog.query().findOne({ event_type: 'user_password_reset' }))?.metadata, { userId: user.id });
  });

  it('lets a role hold at once where sessions are remembered', async () => {
    const admin = await createViewer({ role: 'admin' });
    const user = await createUser();
    await startAuth({ jwtSecret: 'a secret for tests that is long enough', jwtExpiresIn: '1h', isOnlyProcess: true });
    const { token } = await login(user.email, password);
    assert.equal((await viewerFromToken(token)).role, 'user');
    await updateUser(admin, user.id, { role: 'admin' }, {});
    assert.equal((await viewerFromToken(token)).role, 'admin');
  });

  it('records each change, and nothing when nothing changes', async () => {
    const admin = await createViewer({ role: 'admin' });
    const user = await createUser();
    const recorded = async () => (await AuditLog.query().where({ user_id: admin.id }).orderBy('created_at')).map(({ eventType }) => eventType);
    await updateUser(admin, user.id, {}, {});
    await updateUser(admin, user.id, { role: 'user', isActive: true }, {});
    assert.deepEqual(await recorded(), []);
    await updateUser(admin, user.id, { role: 'admin', isActive: false }, {});
    await updateUser(admin, user.id, { isActive: true }, {});
    assert.deepEqual(await recorded(), ['user_role_changed', 'user_deactivated', 'user_activated']);
  });
});
