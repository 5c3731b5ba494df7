import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { requireService } from '../../support/services.js';
import { openInLibreOffice, textOf } from './opened.js';
import { openToolBench, toolError } from './toolRun.js';
import type { ToolBench } from './toolRun.js';

describe('edit_spreadsheet', function () {
  this.timeout(120_000);
  let bench: ToolBench;
  beforeEach(async () => {
    bench = await openToolBench();
    await bench.run('generate_spreadsheet', { title: 'Budget', sheets: [
      { name: 'Costs', columns: [{ header: 'Item' }, { header: 'Cost', format: 'currency', currency: 'EUR' }, { header: 'Due' }], rows: [['Rent', 1200, '2026-01-31'], ['Power & "light"', 80.5, '2026-02-28']] },
      { name: "It's total", columns: [{ header: 'What' }, { header: 'Value' }], rows: [['Sum', '=SUM(Costs!B2:B99)'], ['Twice', '=B2*2']] },
    ] });
  });
  afterEach(() => bench.close());

  const edit = (args: object, change?: object) => bench.run('edit_spreadsheet', { path: 'budget.xlsx', ...args }, change as never);
  const parts = async (path = 'budget.xlsx') => unzipSync(await bench.read(path));
  const sheetXml = async (number: number, path?: string) => strFromU8((await parts(path))[`xl/worksheets/sheet${number}.xml`]);
  /** The rows of all sheets, read by another library than the one that wrote them. */
  const values = async (table: string, path = 'budget.xlsx') => (await bench.run('query_data', { files: [path], sql: `select * from ${table}` })).output.rows;

  for (const path of ['../x.xlsx', '/etc/passwd', 'a/../../x', '..\\x', 'a\0b']) {
    it(`refuses ${JSON.stringify(path)}`, () => assert.rejects(edit({ path, newSheet: 'x' }), toolError(/leads out|outside|backslash|control/)));
  }

  const refused: [string, object, RegExp][] = [
    ['nothing to change', {}, /cells to set, rows to add or a newSheet/],
    ['a sheet that is not there', { sheet: 'Other', rows: [[1]] }, /no sheet "Other"; there are "Costs", "It's total"/],
    ['a sheet that is there already', { newSheet: 'COSTS' }, /There is a sheet "COSTS" already/],
    ['a sheet name Excel does not take', { newSheet: 'a/b' }, /not possible in Excel/],
    ['what is no cell', { cells: [{ cell: 'B0', value: 1 }] }, /"B0" is no cell/],
    ['a cell beyond the sheet', { cells: [{ cell: 'XFE1', value: 1 }] }, /There is no cell XFE1/],
    ['a formula that cannot be read', { cells: [{ cell: 'D1', value: '=SUM(A1;A2' }] }, /formula in Costs!D1 cannot be read/],
    ['a formula that refers to itself', { cells: [{ cell: 'D1', value: '=D1' }] }, /refers to itself/],
    ['a formula that reaches out', { cells: [{ cell: 'D1', value: '=WEBSERVICE("http://localhost/")' }] }, /reaches out of the workbook/],
    ['a name with a folder', { newSheet: 'x', fileName: 'a/b' }, /plain name/],
  ];
  for (const [title, args, message] of refused) {
    it(`refuses ${title}, and leaves the file as it is`, async () => {
      const before = await bench.read('budget.xlsx');
      await assert.rejects(edit(args), toolError(message));
      assert.deepEqual(await bench.read('budget.xlsx'), before);
    });
  }

  it('refuses files that are no workbook, and one larger than maxFileSize', async () => {
    await bench.run('write_file', { path: 'a.xlsx', content: 'text' });
    await assert.rejects(edit({ path: 'a.xlsx', newSheet: 'x' }), toolError(/damaged/));
    await writeFile(bench.onDisk('/workspace/b.xlsx'), zipSync({ 'x.txt': strToU8('x') }));
    await assert.rejects(edit({ path: 'b.xlsx', newSheet: 'x' }), toolError(/no Excel workbook/));
    await assert.rejects(edit({ newSheet: 'x' }, { config: { maxFileSize: 100 } }), toolError(/^File size exceeds limit/));
    const controller = new AbortController();
    const running = edit({ newSheet: 'x' }, { signal: controller.signal });
    controller.abort(new Error('cancelled'));
    await assert.rejects(running, /cancelled/);
  });

  it('sets cells, works formulas out anew and keeps every other part as it was', async () => {
    const before = await parts();
    const { output, artifacts } = await edit({ cells: [{ cell: 'b2', value: 1500 }, { cell: 'A3', value: 'Łódź <&> "x"' }, { cell: 'E7', value: true }, { cell: 'D2', value: '=B2/3' }] });
    assert.deepEqual({ ...output, fileSize: 0 }, { filePath: '/workspace/budget.xlsx', fileSize: 0, sheetNames: ['Costs', "It's total"], changedCells: 4 });
    assert.deepEqual(artifacts, ['/workspace/budget.xlsx']);
    assert.deepEqual(await values('budget_its_total'), [['Sum', 1580.5], ['Twice', 3161]]);
    assert.deepEqual((await values('budget_costs') as unknown[])[1], ['Łódź <&> "x"', 80.5, '2026-02-28', null, null]);
    assert.match(await sheetXml(1), /<c r="D2"[^>]*><f>B2\/3<\/f><v>500<\/v><\/c>/);
    const after = await parts();
    const unchanged = Object.keys(before).filter((name) => !/worksheets\/sheet|workbook\.xml|Content_Types/.test(name));
    assert.ok(unchanged.length >= 5);
    for (const name of unchanged) assert.deepEqual(after[name], before[name], name);
    assert.match(strFromU8(after['xl/workbook.xml']), /fullCalcOnLoad="1"/);
  });

  it('adds rows below the last one in its formats, dates as dates', async () => {
    const { output } = await edit({ rows: [['Water', 40, '2026-03-31'], ['Sum', '=SUM(B2:B4)', null]], fileName: 'next' });
    assert.deepEqual([output.filePath, output.firstNewRow], ['/workspace/next.xlsx', 4]);
    assert.deepEqual((await values('next_costs', 'next.xlsx') as unknown[]).slice(2), [['Water', 40, '2026-03-31'], ['Sum', 1320.5, null]]);
    const style = (xml: string, cell: string) => new RegExp(`<c r="${cell}" s="(\\d+)"`).exec(xml)?.[1];
    const xml = await sheetXml(1, 'next.xlsx');
    assert.ok(style(xml, 'B3'));
    assert.equal(style(xml, 'B4'), style(xml, 'B3'));
    assert.equal((await values('budget_costs') as unknown[]).length, 2, 'the old file is as it was');
  });

  it('adds a sheet', async () => {
    const { output } = await edit({ newSheet: 'Plan & "more"', rows: [['Month', 'Value'], ['May', '=Costs!B2']] });
    assert.deepEqual(output.sheetNames, ['Costs', "It's total", 'Plan & "more"']);
    assert.deepEqual(await values('budget_plan_more'), [['May', 1200]]);
    await edit({ sheet: 'plan & "more"', rows: [['June', 7]] });
    assert.deepEqual(await values('budget_plan_more'), [['May', 1200], ['June', 7]]);
  });

  it('tells formulas that give an error', async () => {
    const { output } = await edit({ cells: [{ cell: 'D2', value: '=1/0' }] });
    assert.deepEqual(output.formulaErrors, [{ sheet: 'Costs', cell: 'D2', formula: '=1/0', error: '#DIV/0!' }]);
    assert.match(await sheetXml(1), /<c r="D2" t="e"><f>1\/0<\/f><v>#DIV\/0!<\/v>/);
  });

  it('changes one cell of those that share a formula, in a file with prefixes and without cell names', async () => {
    const files = await parts();
    files['xl/worksheets/sheet1.xml'] = strToU8('<?xml version="1.0"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:dimension ref="A1:B3"/><x:sheetData>'
      + '<x:row><x:c><x:v>1</x:v></x:c><x:c><x:f t="shared" ref="B1:B3" si="0">A1*$A$1+A$1&amp;"A1"</x:f><x:v>0</x:v></x:c></x:row>'
      + '<x:row><x:c><x:v>2</x:v></x:c><x:c><x:f t="shared" si="0"/><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>');
    await writeFile(bench.onDisk('/workspace/shared.xlsx'), zipSync(files));
    await edit({ path: 'shared.xlsx', cells: [{ cell: 'B1', value: 5 }] });
    assert.match(await sheetXml(1, 'shared.xlsx'), /<x:c r="B1"><x:v>5<\/x:v><\/x:c>.*<x:c r="B2" t="str"><x:f>A2\*\$A\$1\+A\$1&amp;&quot;A1&quot;<\/x:f><x:v>3A1<\/x:v><\/x:c>/s);
  });

  it('lets a table grow with the rows added below it, and not one with a row of totals', async () => {
    const files = await parts();
    const table = (id: number, more: string) => strToU8(`<?xml version="1.0"?><table xmlns="x" id="${id}" ref="A1:C3"${more}><autoFilter ref="A1:C3"/></table>`);
    const relation = (id: number) => `<Relationship Id="t${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/table" Target="../tables/table${id}.xml"/>`;
    files['xl/worksheets/_rels/sheet1.xml.rels'] = strToU8(`<?xml version="1.0"?><Relationships xmlns="x">${relation(1)}${relation(2)}</Relationships>`);
    files['xl/tables/table1.xml'] = table(1, '');
    files['xl/tables/table2.xml'] = table(2, ' totalsRowCount="1"');
    await writeFile(bench.onDisk('/workspace/table.xlsx'), zipSync(files));
    await edit({ path: 'table.xlsx', rows: [['Water', 1], ['Heat', 2]] });
    const after = await parts('table.xlsx');
    assert.match(strFromU8(after['xl/tables/table1.xml']), /ref="A1:C5"><autoFilter ref="A1:C5"\/>/);
    assert.deepEqual(after['xl/tables/table2.xml'], files['xl/tables/table2.xml']);
  });

  it('opens in LibreOffice with the new values', async function () {
    await requireService(this, 'libreoffice');
    await requireService(this, 'poppler');
    await edit({ cells: [{ cell: 'B2', value: 1500 }], rows: [['Water', 19.5, '2026-03-31']] });
    await edit({ newSheet: 'Extra', rows: [['Total here', '=SUM(Costs!B2:B4)']] });
    const text = (await openInLibreOffice(bench.onDisk('/workspace/budget.xlsx'))).map(textOf).join(' ');
    for (const word of ['Rent', '1,500.00', 'Water', '19.50', '2026-03-31', 'Total here', '1600', '3,200']) assert.ok(text.includes(word), `${word} in ${text}`);
  });
});
