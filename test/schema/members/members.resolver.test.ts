import assert from 'node:assert/strict';
import type { Viewer } from '../../../src/auth/viewer.js';
import { useDatabase } from '../../support/database.js';
import { addMember, countStatements, createPersona, createViewer, operate, rejectsWith } from '../../support/factories.js';

describe('members', () => {
  useDatabase();
  let owner: Viewer;
  let member: Viewer;
  let personaId: string;
  let memberId: string;

  beforeEach(async () => {
    [owner, member] = [await createViewer(), await createViewer()];
    const persona = await createPersona(owner);
    personaId = persona.id;
    memberId = (await addMember(persona, member, 'editor')).id;
  });

  const add = 'mutation ($p: UUID!, $e: String!) { addMember(personaId: $p, input: { userEmail: $e, role: viewer }) { id userEmail } }';
  const update = 'mutation ($p: UUID!, $m: UUID!) { updateMember(personaId: $p, memberId: $m, input: { role: viewer }) { role } }';
  const remove = 'mutation ($p: UUID!, $m: UUID!) { removeMember(personaId: $p, memberId: $m) }';

  it('Mutation.addMember, updateMember and removeMember are for the owner', async () => {
    for (const [text, rest] of [[add, { e: 'a@example.test' }], [update, { m: memberId }], [remove, { m: memberId }]] as const) {
      const variables = { p: personaId, ...rest };
      await rejectsWith(operate(null, text, variables), 'UNAUTHORIZED');
      for (const who of [member, await createViewer(), await createViewer({ role: 'admin' })]) await rejectsWith(operate(who, text, variables), 'FORBIDDEN');
      await rejectsWith(operate(owner, text, { ...variables, p: crypto.randomUUID() }), 'NOT_FOUND', 'Persona not found');
    }
  });

  it('Query.members is for everyone with access', async () => {
    const text = 'query ($p: UUID!) { members(personaId: $p) { id role } }';
    await rejectsWith(operate(await createViewer(), text, { p: personaId }), 'FORBIDDEN');
    for (const who of [owner, member]) {
      assert.deepEqual((await operate(who, text, { p: personaId })).members, [{ id: memberId, role: 'editor' }]);
    }
  });

  it('changes and removes', async () => {
    const friend = await createViewer();
    assert.equal((await operate(owner, add, { p: personaId, e: friend.email })).addMember.userEmail, friend.email);
    assert.equal((await operate(owner, update, { p: personaId, m: memberId })).updateMember.role, 'viewer');
    assert.equal((await operate(owner, remove, { p: personaId, m: memberId })).removeMember, memberId);
    await rejectsWith(operate(owner, remove, { p: personaId, m: memberId }), 'NOT_FOUND', 'Member not found');
  });

  it('Persona.members comes with the personas in one statement, and after a mutation through a loader', async () => {
    const list = () => operate(owner, '{ personas { data { members { userName role } } } }');
    assert.deepEqual((await list()).personas.data, [{ members: [{ userName: member.name, role: 'editor' }] }]);
    assert.equal(await countStatements(list), 1);
    const text = 'mutation ($p: UUID!) { updatePersona(id: $p, input: { description: "x" }) { members { userId } } }';
    assert.deepEqual((await operate(owner, text, { p: personaId })).updatePersona.members, [{ userId: member.id }]);
  });
});
