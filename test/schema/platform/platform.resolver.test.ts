import assert from 'node:assert/strict';
import { setRegistration } from '../../../src/auth/registration.js';
import { seedDemo } from '../../../src/seed.js';
import { syncTools } from '../../../src/tools/syncTools.js';
import { User } from '../../../src/users/user.model.js';
import { cleanTables, useDatabase } from '../../support/database.js';
import { createUser, operate } from '../../support/factories.js';

describe('Query.platform', () => {
  useDatabase();
  const read = async () => (await operate(null, '{ platform { registration demoAccounts { email password role } } }')).platform;
  beforeEach(cleanTables);
  afterEach(() => setRegistration(false));

  it('tells everyone who may register', async () => {
    assert.equal((await read()).registration, 'first');
    await createUser();
    assert.equal((await read()).registration, 'closed');
    setRegistration(true);
    assert.equal((await read()).registration, 'open');
  });

  it('names the demo accounts that can be signed in with, and no others', async () => {
    await createUser();
    assert.deepEqual((await read()).demoAccounts, []);
    await syncTools();
    await seedDemo();
    const [user, admin] = (await read()).demoAccounts;
    assert.deepEqual(user, { email: 'demo@persona-platform.local', password: 'demo123', role: 'user' });
    assert.equal(admin.role, 'admin');
    await User.query().findOne({ email: admin.email }).patch({ isActive: false });
    assert.deepEqual((await read()).demoAccounts, [user]);
    const { passwordHash } = await createUser();
    await User.query().findOne({ email: user.email }).patch({ passwordHash });
    assert.deepEqual((await read()).demoAccounts, []);
  });
});
