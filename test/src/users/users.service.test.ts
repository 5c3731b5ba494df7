import assert from 'node:assert/strict';
import { AuditLog } from '../../../src/audit/auditLog.model.js';
import { User } from '../../../src/users/user.model.js';
import { deactivateUser, readMe } from '../../../src/users/users.service.js';
import { useDatabase } from '../../support/database.js';
import { createUser, createViewer, rejectsWith } from '../../support/factories.js';

describe('users', () => {
  useDatabase();

  it('readMe is NOT_FOUND when the account has vanished', async () => {
    const viewer = await createViewer();
    await User.query().deleteById(viewer.id);
    await rejectsWith(readMe(viewer, { name: {} }), 'NOT_FOUND', 'User not found');
  });

  it('readMe gives what is asked for, never the password', async () => {
    const viewer = await createViewer();
    assert.deepEqual(await readMe(viewer, { email: {}, lastLoginAt: {}, passwordHash: {} }), { id: viewer.id, email: viewer.email, lastLoginAt: null });
  });

  it('deactivateUser is NOT_FOUND for an unknown user, and records what it did', async () => {
    const admin = await createViewer({ role: 'admin' });
    await rejectsWith(deactivateUser(admin, crypto.randomUUID()), 'NOT_FOUND', 'User not found');
    const user = await createUser();
    await deactivateUser(admin, user.id);
    assert.equal((await User.query().findById(user.id))?.isActive, false);
    assert.deepEqual((await AuditLog.query().findOne({ event_type: 'user_deactivated', user_id: admin.id }))?.metadata, { userId: user.id });
  });
});
