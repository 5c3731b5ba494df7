import assert from 'node:assert/strict';
import { User } from '../../../src/users/user.model.js';
import { readMe } from '../../../src/users/users.service.js';
import { useDatabase } from '../../support/database.js';
import { createViewer, rejectsWith } from '../../support/factories.js';

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
});
