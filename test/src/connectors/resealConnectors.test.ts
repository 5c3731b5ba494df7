import assert from 'node:assert/strict';
import { knex } from '../../../src/db.js';
import { configureConnector, openConnector, resealConnectors } from '../../../src/connectors/connectors.service.js';
import { useEncryptionKeys } from '../../../src/connectors/encryption.js';
import { useDatabase } from '../../support/database.js';
import { createPersona, createViewer } from '../../support/factories.js';

describe('resealConnectors', () => {
  useDatabase();
  after(() => knex()('connectors').delete());

  it('changes nothing when one of the keys is gone, and all when none is', async () => {
    const viewer = await createViewer();
    const desktopUnder = async (encryptionKey: string, vncPassword?: string) => {
      useEncryptionKeys({ encryptionKey });
      const { id } = await createPersona(viewer);
      await configureConnector(viewer, id, 'desktopVm', { enabled: true, vncHost: 'vm.example.com', vncPort: 5900, vncPassword });
      return id;
    };
    await knex()('connectors').delete();
    const ids = [await desktopUnder('first', 'one'), await desktopUnder('lost', 'two'), await desktopUnder('first')];
    const stored = () => knex()('connectors').orderBy('id').select();
    const before = await stored();
    useEncryptionKeys({ encryptionKey: 'second', previousEncryptionKey: 'first' });
    await assert.rejects(resealConnectors(), /The key of a stored password/);
    assert.deepEqual(await stored(), before);

    await knex()('connectors').where({ persona_id: ids[1] }).delete();
    assert.equal(await resealConnectors(), 1);
    assert.equal(await resealConnectors(), 0);
    useEncryptionKeys({ encryptionKey: 'second' });
    assert.deepEqual(await openConnector(ids[0]!, 'desktopVm'), { vncHost: 'vm.example.com', vncPort: 5900, vncPassword: 'one' });
    assert.deepEqual(await openConnector(ids[2]!, 'desktopVm'), { vncHost: 'vm.example.com', vncPort: 5900 });
  });
});
