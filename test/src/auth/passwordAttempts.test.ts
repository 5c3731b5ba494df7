import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { login } from '../../../src/auth/auth.service.js';
import { limitAttempts } from '../../../src/auth/passwordAttempts.js';
import { knex } from '../../../src/db.js';
import { useDatabase } from '../../support/database.js';
import { createUser, password, rejectsWith, useAuth } from '../../support/factories.js';
import { setLimits } from '../../support/limits.js';

const attempts = { accountAttempts: 5, addressAttempts: 8 };

describe('limitAttempts', () => {
  beforeEach(() => setLimits(attempts));
  const times = async (count: number, work: () => Promise<unknown>) => {
    for (let each = 0; each < count; each++) await work();
  };

  it('does not try the sixth time when five were wrong', async () => {
    let tried = 0;
    const wrong = () => limitAttempts('ann@example.test', '', async () => (tried++, false));
    await times(5, async () => assert.equal(await wrong(), false));
    await rejectsWith(wrong(), 'RATE_LIMIT_EXCEEDED');
    await rejectsWith(limitAttempts('ann@example.test', '', async () => (tried++, true)), 'RATE_LIMIT_EXCEEDED');
    assert.equal(tried, 5);
  });

  it('lets five through when many wrong ones come at once', async () => {
    let tried = 0;
    await Promise.allSettled(Array.from({ length: 30 }, () => limitAttempts('ann@example.test', '10.0.0.1', async () => (tried++, false))));
    assert.equal(tried, 5);
  });

  it('takes an address in any case and with blanks around it for one account', async () => {
    for (const email of ['Ann@example.test', ' ann@EXAMPLE.test', 'ANN@example.test ', 'ann@example.test', 'ann@example.test']) {
      await limitAttempts(email, '', async () => false);
    }
    await rejectsWith(limitAttempts('ann@example.test', '', async () => true), 'RATE_LIMIT_EXCEEDED');
  });

  it('counts wrong ones per address, over all accounts', async () => {
    await times(8, () => limitAttempts(`${randomUUID()}@example.test`, '10.0.0.1', async () => false));
    await rejectsWith(limitAttempts('bob@example.test', '10.0.0.1', async () => true), 'RATE_LIMIT_EXCEEDED');
    assert.equal(await limitAttempts('bob@example.test', '10.0.0.2', async () => true), true);
  });

  it('does not count for the account what its address may not try', async () => {
    await times(8, () => limitAttempts(`${randomUUID()}@example.test`, '10.0.0.1', async () => false));
    await times(6, () => rejectsWith(limitAttempts('bob@example.test', '10.0.0.1', async () => false), 'RATE_LIMIT_EXCEEDED'));
    assert.equal(await limitAttempts('bob@example.test', '10.0.0.2', async () => true), true);
  });

  it('begins anew after a right one', async () => {
    await times(4, () => limitAttempts('ann@example.test', '', async () => false));
    await limitAttempts('ann@example.test', '', async () => true);
    await times(5, () => limitAttempts('ann@example.test', '', async () => false));
    await rejectsWith(limitAttempts('ann@example.test', '', async () => true), 'RATE_LIMIT_EXCEEDED');
  });

  it('does not count what was no answer', async () => {
    await times(6, () => assert.rejects(limitAttempts('ann@example.test', '', () => Promise.reject(new Error('busy'))), /busy/));
    assert.equal(await limitAttempts('ann@example.test', '', async () => true), true);
  });

  it('lets any number of right ones through at once', async () => {
    const all = await Promise.all(Array.from({ length: 30 }, () => limitAttempts('ann@example.test', '', async () => true)));
    assert.equal(all.length, 30);
  });
});

describe('login: too many attempts', () => {
  useDatabase();
  useAuth();
  beforeEach(() => setLimits(attempts));

  it('refuses the sixth with the right password too, and alike when nobody has the address', async () => {
    const { email } = await createUser();
    for (const address of [email, `${randomUUID()}@example.test`]) {
      for (let each = 0; each < 5; each++) await rejectsWith(login(address, 'wrong'), 'UNAUTHORIZED', 'Invalid email or password');
      await rejectsWith(login(address, password), 'RATE_LIMIT_EXCEEDED', 'Rate limit exceeded');
    }
  });

  it('counts an account once, also by a spelling that only the database takes for the same', async () => {
    await createUser({ email: 'ida@example.test' });
    for (let each = 0; each < 5; each++) await rejectsWith(login('ida@example.test', 'wrong'), 'UNAUTHORIZED');
    const { rows } = await knex().raw<{ rows: { same: boolean }[] }>(`select lower('\u0130') = 'i' as same`);
    await rejectsWith(login('\u0130da@example.test', password), rows[0]!.same ? 'RATE_LIMIT_EXCEEDED' : 'UNAUTHORIZED');
  });
});
