import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { strToU8, zipSync } from 'fflate';
import { openToolBench, toolError } from './toolRun.js';
import type { ToolBench } from './toolRun.js';

const sales = 'Region,Product,Units,Unit price,Date,Code\nNorth,Desk,3,120.5,2026-01-05,007\nSouth,Desk,1,120.5,2026-02-05,011\nNorth,"Chair, large",10,,2026-02-07,012\n';

describe('query_data', function () {
  this.timeout(60_000);
  let bench: ToolBench;
  beforeEach(async () => {
    bench = await openToolBench();
    await bench.run('write_file', { path: 'sales.csv', content: sales });
  });
  afterEach(() => bench.close());
  const write = (path: string, content: string) => bench.run('write_file', { path, content });
  const ask = async (sql: string | undefined, files = ['sales.csv'], limit?: number) => (await bench.run('query_data', { files, ...(sql ? { sql } : {}), ...(limit ? { limit } : {}) })).output;
  const rows = async (sql: string, files?: string[]) => (await ask(sql, files)).rows;

  for (const path of ['../x.csv', '/etc/passwd', 'a/../../x.csv', '..\\x.csv', 'a\0.csv']) {
    it(`refuses ${JSON.stringify(path)}`, () => assert.rejects(ask('select 1', [path]), toolError(/leads out|outside|backslash|control/)));
  }

  it('refuses files that are missing, of another kind, damaged or empty', async () => {
    await assert.rejects(ask('select 1', ['none.csv']), toolError(/no file or folder/));
    await write('a.pdf', 'x');
    await assert.rejects(ask('select 1', ['a.pdf']), toolError(/cannot be queried; files ending in/));
    await write('a.json', '{"a":');
    await assert.rejects(ask('select 1', ['a.json']), toolError(/a\.json is no valid JSON/));
    await write('empty.csv', '');
    await assert.rejects(ask('select 1', ['empty.csv']), toolError(/holds no rows/));
    await write('a.xlsx', 'no archive');
    await assert.rejects(ask('select 1', ['a.xlsx']), toolError(/damaged/));
    await writeFile(bench.onDisk('/workspace/b.xlsx'), zipSync({ 'x.txt': strToU8('x') }));
    await assert.rejects(ask('select 1', ['b.xlsx']), toolError(/cannot be read as an Excel workbook/));
    await writeFile(bench.onDisk('/workspace/bomb.xlsx'), zipSync({ 'xl/workbook.xml': new Uint8Array(40 * 1024 * 1024) }));
    await assert.rejects(ask('select 1', ['bomb.xlsx']), toolError(/unpacks to more/));
  });

  const refused: [string, RegExp][] = [
    ['select', /incomplete input.*sales \(Region, Product, Units, "Unit price", Date, Code\)/],
    ['select amount from sales', /no such column: amount/],
    ['select "Pruduct" from sales', /no such column: Pruduct/],
    ['select * from other', /no such table: other.*There are the tables sales/],
    ['select 1; select 2', /exactly one SQL statement/],
    ['-- nothing', /exactly one SQL statement/],
    ['delete from sales', /Only queries that read/],
    ['with x as (select 1) delete from sales', /readonly/],
    ['create table a(b)', /Only queries that read/],
    ['pragma hard_heap_limit = 0', /Only queries that read/],
    ["attach '/etc/passwd' as other", /Only queries that read/],
    ["vacuum into '/tmp/x'", /Only queries that read/],
    ["select load_extension('x')", /no such function/],
    ["select readfile('/etc/passwd')", /no such function/],
    ['select zeroblob(900000000)', /too much memory/],
    ['with recursive c(x) as (select 1 union all select x + 1 from c limit 1000) select group_concat(hex(zeroblob(1000000))) from c', /too much memory/],
  ];
  for (const [sql, message] of refused) it(`refuses ${sql}`, () => assert.rejects(ask(sql), toolError(message)));

  it('stops an endless query when the run is cancelled', async () => {
    const controller = new AbortController();
    const running = bench.run('query_data', { files: ['sales.csv'], sql: 'with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c' }, { signal: controller.signal });
    setImmediate(() => controller.abort(new Error('cancelled')));
    await assert.rejects(running, /cancelled/);
  });

  it('tells the tables and columns when there is no query', async () => {
    assert.deepEqual(await ask(undefined), { tables: [{ table: 'sales', file: '/workspace/sales.csv', rowCount: 3, columns: ['Region', 'Product', 'Units', 'Unit price', 'Date', 'Code'] }] });
  });

  it('filters, groups, sums and sorts CSV', async () => {
    assert.deepEqual(await ask('select region, sum(units) as total from sales group by region order by total desc'), {
      tables: [{ table: 'sales', file: '/workspace/sales.csv', rowCount: 3, columns: ['Region', 'Product', 'Units', 'Unit price', 'Date', 'Code'] }],
      columns: ['Region', 'total'], rows: [['North', 13], ['South', 1]],
    });
    assert.deepEqual(await rows(`select sum(units * "Unit price"), count("Unit price"), min(code), typeof(code) from sales -- it's "all"`), [[482, 2, '007', 'text']]);
    assert.deepEqual(await rows("select product from sales where date >= '2026-02-06' and product <> 'say \"x\"'"), [['Chair, large']]);
  });

  it('joins CSV, JSON, JSON Lines and a workbook', async () => {
    await write('managers.json', JSON.stringify({ managers: [{ region: 'North', name: 'Zoë', tags: ['a'] }, { region: 'South', name: 'Łukasz' }] }));
    await write('goals.jsonl', '{"region":"North","goal":12}\n{"region":"South","goal":5.5}\n');
    await bench.run('generate_spreadsheet', { title: 'Order', sheets: [
      { name: 'Products', columns: [{ header: 'Product' }, { header: 'Double' }, { header: 'Since' }], rows: [['Desk', '=2*4', '2020-03-01']] },
    ] });
    const sql = `select s.region, m.name, g.goal, o.double, o.since, m.tags from sales s join managers m on m.region = s.region
      join goals g on g.region = s.region join order_2 o on o.product = s.product order by 1`;
    assert.deepEqual(await rows(sql, ['sales.csv', 'managers.json', 'goals.jsonl', 'order.xlsx']), [
      ['North', 'Zoë', 12, 8, '2020-03-01', '["a"]'], ['South', 'Łukasz', 5.5, 8, '2020-03-01', null]]);
  });

  it('names a table after each sheet of several', async () => {
    await bench.run('generate_spreadsheet', { title: 'Budget', sheets: ['March', 'April 2026'].map((name) => ({ name, columns: [{ header: 'A' }], rows: [[name]] })) });
    assert.deepEqual(await rows('select * from budget_march union all select * from budget_april_2026', ['budget.xlsx']), [['March'], ['April 2026']]);
  });

  it('takes any header: empty, doubled, quoted, and names of JavaScript', async () => {
    await write('odd.csv', '\ufeff,a,A,"x ""y""",`b`,__proto__\n1,2,3,4,5,6\n');
    assert.deepEqual((await ask(undefined, ['odd.csv'])).tables, [{ table: 'odd', file: '/workspace/odd.csv', rowCount: 1, columns: ['column1', 'a', 'A_2', 'x "y"', '`b`', '__proto__'] }]);
    assert.deepEqual(await rows('select "x ""y""", "`b`", __proto__ from odd', ['odd.csv']), [[4, 5, 6]]);
    await write('proto.json', '[{"__proto__": 1, "constructor": 2}, {"toString": true}]');
    assert.deepEqual(await rows('select * from proto', ['proto.json']), [[1, 2, null], [null, null, 1]]);
  });

  it('cuts many rows and long text, and keeps the digits of large numbers', async () => {
    await write('many.csv', `n\n${Array.from({ length: 2000 }, (_, index) => index).join('\n')}`);
    const first = await ask('select n from many', ['many.csv']);
    assert.deepEqual([(first.rows as unknown[]).length, first.isCut], [100, true]);
    const whole = await ask('select n from many limit 1000', ['many.csv'], 1000);
    assert.deepEqual([(whole.rows as unknown[]).length, whole.isCut], [1000, undefined]);
    assert.deepEqual(await rows("select 9007199254740993, x'00ff', 1.5"), [['9007199254740993', '(2 bytes)', 1.5]]);
    assert.equal(String(((await rows("select printf('%.5000c', 'x')")) as string[][])[0][0]).length, 2001);
  });
});
