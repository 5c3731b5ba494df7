import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { graphql } from 'graphql';
import { createContext } from '../../../schema/context.js';
import { createSchema } from '../../../schema/index.js';
import { Upload } from '../../../schema/memory/upload.scalar.js';
import type { Viewer } from '../../../src/auth/viewer.js';
import { Document } from '../../../src/memory/document.model.js';
import { useMemory } from '../../../src/memory/documentFiles.js';
import { useDatabase } from '../../support/database.js';
import { addMember, createPersona, createViewer, operate, rejectsWith } from '../../support/factories.js';
import { setLimits } from '../../support/limits.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

describe('Mutation.uploadDocument', () => {
  useDatabase();
  const text = 'mutation ($personaId: UUID!, $file: Upload!) { uploadDocument(personaId: $personaId, file: $file) { id name status errorMessage } }';
  let owner: Viewer;
  let personaId: string;
  let folder: string;
  let received = 0;

  const upload = (content: string) => new Upload(async (keep) => {
    received += 1;
    await keep(Readable.from([Buffer.from(content)]));
    return { fileName: 'a.txt', fields: {} };
  });

  before(async () => {
    folder = await temporaryFolder();
    useMemory({ folder, maxUploadBytes: 1000 });
    setLimits();
    owner = await createViewer();
    personaId = (await createPersona(owner)).id;
  });
  after(() => rm(folder, { recursive: true }));

  it('takes nothing for a file that came over a wire', async () => {
    const forged = [null, '/etc/passwd', 5, [], {}, { receive: 'x' }, { path: '/etc/passwd', size: 1, sha256: 'x' }, { __proto__: { receive: 'x' } }];
    for (const file of forged) {
      await assert.rejects(operate(owner, text, { personaId, file }), (error: any) => error.code === 'VALIDATION_ERROR' && /^File (is required|must be a file)/.test(error.details.file));
    }
    const source = `mutation { uploadDocument(personaId: "${personaId}", file: {path: "/etc/passwd"}) { id } }`;
    const result = await graphql({ schema: createSchema(), source, contextValue: createContext(owner, 'test') });
    assert.match(result.errors![0]!.message, /must be a file of a form/);
    assert.equal(await Document.query().resultSize(), 0);
  });

  it('reads nothing for a stranger or a viewer', async () => {
    const viewer = await createViewer();
    await addMember({ id: personaId }, viewer, 'viewer');
    for (const who of [await createViewer(), viewer]) await rejectsWith(operate(who, text, { personaId, file: upload('text') }), 'FORBIDDEN', 'Access denied');
    assert.equal(received, 0);
  });

  it('takes what the adapter brings', async () => {
    const { uploadDocument } = await operate(owner, text, { personaId, file: upload('text') });
    assert.deepEqual({ ...uploadDocument, id: undefined }, { id: undefined, name: 'a.txt', status: 'processing', errorMessage: null });
    assert.equal(received, 1);
  });
});
