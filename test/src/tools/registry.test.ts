import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import { builtinTools, findBuiltin } from '../../../src/tools/registry.js';
import { projectRoot } from '../../../src/root.js';

/** What OpenAI and Anthropic both take in the schema of a function. */
const plainKeywords = new Set(['type', 'description', 'properties', 'required', 'additionalProperties', 'items', 'enum',
  'minItems', 'maxItems', 'minLength', 'maxLength', 'minimum', 'maximum', 'pattern', 'default']);

function keywordsOf(schema: any, visit: (keyword: string, schema: any) => void): void {
  for (const keyword of Object.keys(schema)) visit(keyword, schema);
  for (const inner of Object.values(schema.properties ?? {})) keywordsOf(inner, visit);
  if (schema.items) keywordsOf(schema.items, visit);
}

describe('builtinTools', () => {
  it('finds none by an unknown name', () => {
    assert.equal(findBuiltin('generate_nothing'), undefined);
    assert.equal(findBuiltin('toString'), undefined);
  });

  it('is found by name, each name once', () => {
    const names = builtinTools.map((tool) => tool.name);
    assert.equal(new Set(names).size, names.length);
    for (const tool of builtinTools) assert.equal(findBuiltin(tool.name), tool);
    assert.deepEqual([...names].sort(), ['calculate', 'current_time', 'delete_file', 'edit_spreadsheet', 'fetch_page', 'generate_chart', 'generate_document', 'generate_pdf', 'generate_powerpoint',
      'generate_spreadsheet', 'http_request', 'list_documents', 'list_files', 'query_data', 'read_document', 'read_email', 'read_file', 'remember', 'search_email', 'search_files', 'search_memory', 'search_tools',
      'send_email', 'write_file', 'zip_files']);
  });

  it('lists every file in builtin/', () => {
    const files = readdirSync(join(projectRoot, 'src/tools/builtin')).filter((name) => name.endsWith('.tool.ts'));
    assert.equal(files.length, builtinTools.length);
  });

  it('has schemas that any provider takes, closed at every level', () => {
    const ajv = new Ajv({ strict: true, allowUnionTypes: true });
    for (const tool of builtinTools) {
      for (const schema of [tool.parameters, ...(tool.configSchema ? [tool.configSchema] : [])]) {
        ajv.compile(schema);
        assert.equal(schema.type, 'object', tool.name);
        keywordsOf(schema, (keyword, inner) => {
          assert.ok(plainKeywords.has(keyword), `${tool.name} uses ${keyword}`);
          if (inner.type === 'object') assert.equal(inner.additionalProperties, false, `${tool.name} has an open object`);
          if (inner.type === 'array') assert.ok(inner.items && inner.maxItems, `${tool.name} has an unbounded array`);
        });
      }
    }
  });

  it('describes each tool in plain sentences', () => {
    for (const tool of builtinTools) {
      assert.match(tool.name, /^[a-z][a-z_]{2,40}$/);
      assert.match(tool.description, /^[A-Z].{40,400}\.$/, tool.name);
    }
  });

  it('lets a persona say of each tool whether it asks first, beside its own settings', () => {
    for (const { name, configSchema } of builtinTools) {
      const { needsApproval } = configSchema!.properties as Record<string, { type: string; default: boolean }>;
      assert.deepEqual([needsApproval!.type, needsApproval!.default], ['boolean', false], name);
    }
    assert.ok('maxFileSize' in (findBuiltin('write_file')!.configSchema!.properties as object));
  });

  it('may run every tool twice save those that do more each time, and asks for none', () => {
    const once = ['edit_spreadsheet', 'http_request', 'send_email'];
    for (const tool of builtinTools) assert.deepEqual([tool.idempotent, tool.needsApproval], [!once.includes(tool.name), false], tool.name);
  });

  it('loads no office library before it is needed', () => {
    const dataUrl = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
    const trace = dataUrl(`import { writeSync } from 'node:fs';
      export async function resolve(name, context, next) { const found = await next(name, context); writeSync(1, found.url + '\\n'); return found; }`);
    const registry = pathToFileURL(join(import.meta.dirname, '../../../src/tools/registry.js')).href;
    const hook = dataUrl(`import { register } from 'node:module'; register(${JSON.stringify(trace)});`);
    const loaded = execFileSync(process.execPath, ['--import', hook, '--input-type=module', '-e', `await import(${JSON.stringify(registry)})`], { encoding: 'utf8' });
    assert.match(loaded, /node_modules\/mime\//, 'the trace works');
    assert.doesNotMatch(loaded, /node_modules\/(pptxgenjs|docx|pdfmake|echarts|fontkit|wasm-xlsxwriter|@ironcalc|@resvg|imapflow|nodemailer|fflate|decimal\.js|sql\.js)\//);
  });
});
