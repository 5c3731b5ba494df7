import assert from 'node:assert/strict';
import type { Viewer } from '../../../src/auth/viewer.js';
import type { Persona } from '../../../src/personas/persona.model.js';
import { closeEmbeddings } from '../../../src/embeddings/embeddings.js';
import { enablePersonaTool, listPersonaTools, readEnabledTools, updatePersonaTool } from '../../../src/tools/personaTools.service.js';
import { builtinTools } from '../../../src/tools/registry.js';
import { embedTools, syncTools } from '../../../src/tools/syncTools.js';
import { ToolRow } from '../../../src/tools/tool.model.js';
import { listTools, readTool } from '../../../src/tools/tools.service.js';
import { searchPersonaTools, searchTools } from '../../../src/tools/toolSearch.js';
import { useDatabase } from '../../support/database.js';
import { createPersona, createViewer, rejectsWith } from '../../support/factories.js';

const fields = { id: {}, toolName: {}, isEnabled: {}, config: {} };
const toolNamed = async (name: string) => (await ToolRow.query().findOne({ name }))!;

describe('syncTools', () => {
  useDatabase();
  after(() => syncTools());

  it('writes every builtin tool, once', async () => {
    await syncTools();
    await syncTools();
    assert.deepEqual((await ToolRow.query().orderBy('name')).map(({ name }) => name), builtinTools.map(({ name }) => name).sort());
    const tool = await toolNamed('generate_powerpoint');
    assert.deepEqual(Object.keys(tool.schema).sort(), ['description', 'name', 'parameters']);
  });

  it('writes only what has changed, and takes the vector only from what reads otherwise', async () => {
    await syncTools();
    await embedTools();
    const before = new Map((await ToolRow.query()).map((row) => [row.name, row]));
    const [first, second, ...rest] = builtinTools;
    await syncTools([{ ...first!, description: 'Something else' }, { ...second!, category: 'web' }, ...rest]);
    for (const row of await ToolRow.query()) {
      const changed = row.name === first!.name || row.name === second!.name;
      assert.equal(row.updatedAt > before.get(row.name)!.updatedAt, changed, row.name);
      assert.equal(row.embedding === null, row.name === first!.name, row.name);
      assert.equal(row.id, before.get(row.name)!.id);
    }
  });

  it('deletes tools that are gone', async () => {
    await syncTools(builtinTools.slice(1));
    assert.equal(await toolNamed(builtinTools[0]!.name), undefined);
  });
});

describe('tools', () => {
  useDatabase();
  let viewer: Viewer;
  before(async () => {
    await syncTools();
    viewer = await createViewer();
  });
  after(closeEmbeddings);

  it('listTools refuses a page that cannot be', () => rejectsWith(listTools(viewer, { page: 0, limit: 50 }, {}), 'VALIDATION_ERROR'));

  it('listTools finds by category, name and description', async () => {
    const names = async (filter: object) =>
      (await listTools(viewer, { page: 1, limit: 50, ...filter }, { data: { name: {} } })).data.map(({ name }) => name);
    assert.equal((await names({})).length, builtinTools.length);
    assert.deepEqual(await names({ category: 'files' }), ['delete_file', 'list_files', 'read_document', 'read_file', 'search_files', 'write_file', 'zip_files']);
    assert.deepEqual(await names({ search: 'Generate PowerPoint' }), ['generate_powerpoint']);
    assert.deepEqual(await names({ search: 'no such tool' }), []);
  });

  it('listTools counts all pages, also behind the last', async () => {
    const { data, pagination } = await listTools(viewer, { page: 9, limit: 4 }, { data: { id: {} } });
    assert.deepEqual([data, pagination.total, pagination.totalPages], [[], builtinTools.length, Math.ceil(builtinTools.length / 4)]);
  });

  it('readTool gives the schema and the traits, and is NOT_FOUND for an unknown id', async () => {
    await rejectsWith(readTool(viewer, crypto.randomUUID(), {}), 'NOT_FOUND', 'Tool not found');
    const { id } = await toolNamed('list_files');
    const tool = await readTool(viewer, id, { schema: {}, idempotent: {} });
    assert.equal(tool.schema.name, 'list_files');
    assert.equal(tool.idempotent, true);
  });

  it('searchTools refuses a blank query and a limit that cannot be', async () => {
    await rejectsWith(searchTools(' ', 5), 'VALIDATION_ERROR', { query: 'Query is required' });
    await rejectsWith(searchTools('slides', 0), 'VALIDATION_ERROR', { limit: 'Limit must be from 1 to 100' });
  });

  it('searchTools finds by meaning, best first, with a similarity from 0 to 1', async () => {
    const found = await searchTools('generate presentation slides', 3);
    assert.equal(found.length, 3);
    assert.equal(found[0]!.name, 'generate_powerpoint');
    assert.ok(found.every(({ similarity }) => similarity >= 0 && similarity <= 1));
    assert.deepEqual(Object.keys(found[0]!), ['id', 'name', 'description', 'category', 'similarity']);
  });

  it('searchPersonaTools finds only what the persona has switched on', async () => {
    const persona = await createPersona(viewer);
    assert.deepEqual(await searchPersonaTools(persona.id, 'generate presentation slides', 5), []);
    const toolId = (await toolNamed('read_file')).id;
    await enablePersonaTool(viewer, persona.id, { toolId }, fields);
    assert.deepEqual((await searchPersonaTools(persona.id, 'generate presentation slides', 5)).map(({ name }) => name), ['read_file']);
    await updatePersonaTool(viewer, persona.id, toolId, { isEnabled: false }, fields);
    assert.deepEqual(await searchPersonaTools(persona.id, 'generate presentation slides', 5), []);
  });
});

describe('tools of a persona', () => {
  useDatabase();
  let viewer: Viewer;
  let persona: Persona;
  before(async () => {
    await syncTools();
    viewer = await createViewer();
    persona = await createPersona(viewer);
  });

  it('enablePersonaTool is NOT_FOUND for an unknown tool and an unknown persona', async () => {
    await rejectsWith(enablePersonaTool(viewer, persona.id, { toolId: crypto.randomUUID() }, fields), 'NOT_FOUND', 'Tool not found');
    const { id } = await toolNamed('read_file');
    await rejectsWith(enablePersonaTool(viewer, crypto.randomUUID(), { toolId: id }, fields), 'NOT_FOUND', 'Persona not found');
  });

  it('enablePersonaTool refuses a config that the tool does not take', async () => {
    const { id: powerpoint } = await toolNamed('generate_powerpoint');
    const { id: clock } = await toolNamed('current_time');
    const fault = (work: Promise<unknown>, field: string) =>
      assert.rejects(work, ({ code, details }: any) => code === 'VALIDATION_ERROR' && field in details);
    await fault(enablePersonaTool(viewer, persona.id, { toolId: powerpoint, config: { maxFileSize: 'big' } }, fields), 'config.maxFileSize');
    await fault(enablePersonaTool(viewer, persona.id, { toolId: clock, config: { anything: 1 } }, fields), 'config.anything');
    assert.deepEqual(await listPersonaTools(viewer, persona.id, fields), []);
  });

  it('enablePersonaTool gives the tool, and is DUPLICATE_RESOURCE while it is on', async () => {
    const { id: toolId } = await toolNamed('generate_powerpoint');
    const given = await enablePersonaTool(viewer, persona.id, { toolId, config: { maxFileSize: 1000 } }, fields);
    assert.deepEqual([given.toolName, given.isEnabled, given.config], ['generate_powerpoint', true, { maxFileSize: 1000 }]);
    await rejectsWith(enablePersonaTool(viewer, persona.id, { toolId }, fields), 'DUPLICATE_RESOURCE');
    await updatePersonaTool(viewer, persona.id, toolId, { isEnabled: false }, fields);
    const again = await enablePersonaTool(viewer, persona.id, { toolId }, fields);
    assert.deepEqual([again.id, again.isEnabled, again.config], [given.id, true, { maxFileSize: 1000 }]);
  });

  it('enablePersonaTool makes one row of two requests at once', async () => {
    const { id: toolId } = await toolNamed('list_files');
    const results = await Promise.allSettled([1, 2].map(() => enablePersonaTool(viewer, persona.id, { toolId }, fields)));
    assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  });

  it('updatePersonaTool refuses null, a bad config and a tool that was not given', async () => {
    const { id: toolId } = await toolNamed('generate_pdf');
    await rejectsWith(updatePersonaTool(viewer, persona.id, toolId, { isEnabled: true }, fields), 'NOT_FOUND', 'Tool not found');
    await enablePersonaTool(viewer, persona.id, { toolId }, fields);
    await rejectsWith(updatePersonaTool(viewer, persona.id, toolId, { isEnabled: null, config: null }, fields), 'VALIDATION_ERROR', {
      isEnabled: 'Is enabled is required', config: 'Config is required',
    });
    await rejectsWith(updatePersonaTool(viewer, persona.id, toolId, { config: { maxFileSize: -1 } }, fields), 'VALIDATION_ERROR');
  });

  it('readEnabledTools gives what a run needs', async () => {
    const other = await createPersona(viewer);
    const { id: toolId } = await toolNamed('write_file');
    await enablePersonaTool(viewer, other.id, { toolId, config: { maxFileSize: 5000 } }, fields);
    const [tool, ...more] = await readEnabledTools(other.id);
    assert.deepEqual([tool?.name, tool?.config, tool?.schema.name, more], ['write_file', { maxFileSize: 5000 }, 'write_file', []]);
  });
});
