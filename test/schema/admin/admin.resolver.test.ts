import assert from 'node:assert/strict';
import { useDatabase } from '../../support/database.js';
import { createUser, createViewer, operate, rejectsWith, useAuth } from '../../support/factories.js';

describe('Query.users, Mutation.createUser and Mutation.updateUser', () => {
  useDatabase();
  useAuth();
  const operations = [
    '{ users { data { id email updatedAt } pagination { total } } }',
    'mutation ($email: String!) { createUser(input: { email: $email, name: "N", password: "long enough" }) { id role } }',
    'mutation ($id: UUID!) { updateUser(id: $id, input: { role: admin }) { id role updatedAt } }',
  ];
  const variablesOf = (text: string, id: string) => ({
    ...(text.includes('$email') && { email: `${crypto.randomUUID()}@example.test` }), ...(text.includes('$id') && { id }),
  });

  it('are for admins', async () => {
    const user = await createUser();
    const [viewer, admin] = [await createViewer(), await createViewer({ role: 'admin' })];
    for (const text of operations) {
      await rejectsWith(operate(null, text, variablesOf(text, user.id)), 'UNAUTHORIZED');
      await rejectsWith(operate(viewer, text, variablesOf(text, user.id)), 'FORBIDDEN', 'Access denied');
      assert.ok(await operate(admin, text, variablesOf(text, user.id)));
    }
  });

  it('give new accounts the role of a user unless told otherwise, and never a password', async () => {
    const admin = await createViewer({ role: 'admin' });
    const text = operations[1]!;
    assert.equal((await operate(admin, text, variablesOf(text, ''))).createUser.role, 'user');
    await assert.rejects(operate(admin, '{ users { data { passwordHash } } }'), /Cannot query field "passwordHash"/);
  });
});

describe('Mutation.register and Mutation.changePassword', () => {
  useDatabase();
  useAuth();

  it('register is for everyone, as far as registration is open; changePassword for who is signed in', async () => {
    const viewer = await createViewer();
    const register = 'mutation { register(email: "a@example.test", name: "A", password: "long enough") { token } }';
    await rejectsWith(operate(null, register), 'FORBIDDEN', 'Registration is closed: ask an administrator for an account');
    const change = 'mutation ($p: String!) { changePassword(currentPassword: $p, newPassword: "long enough") }';
    await rejectsWith(operate(null, change, { p: 'x' }), 'UNAUTHORIZED');
    await rejectsWith(operate(viewer, change, { p: 'wrong' }), 'VALIDATION_ERROR', { currentPassword: 'Current password is wrong' });
    assert.equal((await operate(viewer, change, { p: 'correct horse' })).changePassword, true);
  });
});
