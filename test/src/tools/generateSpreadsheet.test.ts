import assert from 'node:assert/strict';
import { strFromU8, unzipSync } from 'fflate';
import { requireService } from '../../support/services.js';
import { openInLibreOffice, textOf } from './opened.js';
import { openToolBench, toolError } from './toolRun.js';
import type { ToolBench } from './toolRun.js';

const sheet = (change: object) => ({ sheets: [{ name: 'Data', columns: [{ header: 'A' }, { header: 'B' }], rows: [[1, 2]], ...change }] });

describe('generate_spreadsheet', function () {
  this.timeout(60_000);
  let bench: ToolBench;
  before(async () => { bench = await openToolBench(); });
  after(() => bench.close());

  /** What stands in the cells of a sheet: `{A1: {formula, value}}`; shared text is given as its place in the list of texts. */
  async function cellsOf(path: unknown, number = 1) {
    const files = unzipSync(await bench.read(String(path)));
    const xml = strFromU8(files[`xl/worksheets/sheet${number}.xml`]);
    return Object.fromEntries([...xml.matchAll(/<c r="([A-Z]+\d+)"([^>]*)>(?:<f[^>]*>(.*?)<\/f>)?<v>(.*?)<\/v><\/c>/g)].map(([, name, , formula, value]) => [name, { formula, value }]));
  }

  const refused: [string, object, RegExp][] = [
    ['a sheet name Excel does not take', sheet({ name: 'a/b' }), /sheet name "a\/b" is not possible/],
    ['two sheets of one name', { sheets: [...sheet({}).sheets, ...sheet({ name: 'DATA' }).sheets] }, /Two sheets are named "DATA"/],
    ['a row wider than the columns', sheet({ rows: [[1, 2], [1, 2, 3]] }), /Row 2 of the sheet "Data" has 3 cells for 2 columns/],
    ['a formula that cannot be read', sheet({ rows: [['=SUM(A1;A2', 1]] }), /formula in Data!A2 cannot be read/],
    ['a formula in another language', sheet({ rows: [['=SUM(1;2)', 1]] }), /cannot be read; use English function names and commas/],
    ['a formula that refers to itself', sheet({ rows: [['=B2', '=A2']] }), /refers to itself/],
    ['a formula that calls the web', sheet({ rows: [['=WEBSERVICE("http://localhost/")', 1]] }), /reaches out of the workbook/],
    ['a formula that starts a program', sheet({ rows: [["=cmd|'/c calc'!A1", 1]] }), /reaches out of the workbook/],
  ];
  for (const [title, args, message] of refused) {
    it(`refuses ${title}`, async () => {
      await assert.rejects(bench.run('generate_spreadsheet', args), toolError(message));
      assert.deepEqual((await bench.run('list_files', {})).output, { files: [] });
    });
  }

  it('stores the results of formulas, over sheets that come later too', async () => {
    const { output } = await bench.run('generate_spreadsheet', { title: 'Results', sheets: [
      { name: 'Sum', columns: [{ header: 'What' }, { header: 'Value' }], rows: [['Total', "=SUM('It''s data'!B2:B3)"], ['Third', '=1/3'], ['Text', '=IF(B2>2,"more","less")'], ['True', '=B2=30.5'], ['Days', '=\'It\'\'s data\'!A3-\'It\'\'s data\'!A2']] },
      { name: "It's data", columns: [{ header: 'Day' }, { header: 'Amount' }], rows: [['2026-01-01', 10], ['2026-01-31', 20.5]] },
    ] });
    assert.deepEqual({ ...output, fileSize: 0 }, { filePath: '/workspace/results.xlsx', fileSize: 0, sheetCount: 2, rowCount: 7, formulaCount: 5 });
    const cells = await cellsOf(output.filePath);
    assert.equal(cells.B2.value, '30.5');
    assert.equal(Number(cells.B3.value).toFixed(13), (1 / 3).toFixed(13));
    assert.equal(cells.B4.value, 'more');
    assert.equal(cells.B5.value, '1');
    assert.equal(cells.B6.value, '30');
    assert.equal((await cellsOf(output.filePath, 2)).A2.value, '46023', 'dates are stored as dates');
  });

  it('lists formulas that give an error', async () => {
    const { output } = await bench.run('generate_spreadsheet', sheet({ rows: [[0, '=1/A2'], [0, '=NOSUCHTHING(1)']] }));
    assert.deepEqual(output.formulaErrors, [
      { sheet: 'Data', cell: 'B2', formula: '=1/A2', error: '#DIV/0!' },
      { sheet: 'Data', cell: 'B3', formula: '=NOSUCHTHING(1)', error: '#NAME?' },
    ]);
  });

  it('sums the columns of amounts and no others', async () => {
    const { output } = await bench.run('generate_spreadsheet', sheet({
      name: 'Totals', totals: true, columns: ['Name', 'Amount', 'Double', 'Share', 'Status', 'Year'].map((header) => ({ header, ...(header === 'Share' ? { format: 'percent' } : {}) })),
      rows: [['a', 10, '=B2*2', 0.5, '=IF(B2>5,"high","low")', 2025], ['b', 20, '=B3*2', 0.5, '=IF(B3>5,"high","low")', 2026]],
    }));
    const cells = await cellsOf(output.filePath);
    assert.deepEqual([cells.B4, cells.C4], [{ formula: 'SUM(B2:B3)', value: '30' }, { formula: 'SUM(C2:C3)', value: '60' }]);
    assert.deepEqual([cells.D4, cells.E4, cells.F4], [undefined, undefined, undefined]);
  });

  it('writes newer functions as Excel stores them, and quoted text as text', async () => {
    const { output } = await bench.run('generate_spreadsheet', sheet({ rows: [["'=not a formula", '=XLOOKUP("x",A2:A3,A2:A3,"UNIQUE(1)")'], ['x', '=stdev.s(1,2,3)']] }));
    const cells = await cellsOf(output.filePath);
    assert.equal(cells.A2.formula, undefined);
    assert.match(cells.B2.formula, /^_xlfn\.XLOOKUP\(.*"UNIQUE\(1\)"\)$/);
    assert.equal(cells.B2.value, 'x');
    assert.match(cells.B3.formula, /^_xlfn\.stdev\.s\(1,2,3\)$/i);
    assert.equal(cells.B3.value, '1');
  });

  it('opens in LibreOffice with its formats', async function () {
    await requireService(this, 'libreoffice');
    await requireService(this, 'poppler');
    const { output } = await bench.run('generate_spreadsheet', { title: 'Budget', sheets: [
      { name: 'Plan', totals: true, columns: [{ header: 'Łódź office' }, { header: 'Cost', format: 'currency', currency: 'EUR' }, { header: 'Share', format: 'percent' }, { header: 'Start' }, { header: 'Seats' }],
        rows: [['Rent', 12000.5, '=B2/SUM(B$2:B$3)', '2026-02-01', 1200], ['Зарплата', 36000, '=B3/SUM(B$2:B$3)', '2026-03-15', 1]] },
      { name: 'Notes', columns: [{ header: 'Remark' }], rows: [['A remark which is so long that it has to be broken into several lines, and all of them have to be seen in the cell in the end.']] },
    ] });
    const pages = (await openInLibreOffice(bench.onDisk(output.filePath))).map(textOf);
    assert.equal(pages.length, 2);
    for (const text of ['Łódź office', '12,000.50 €', '25.0%', '75.0%', '2026-02-01', '1,200', 'Зарплата', 'Total 48,000.50 €', '1,201']) assert.ok(pages[0].includes(text), `${text} in ${pages[0]}`);
    assert.ok(pages[1].includes('seen in the cell in the end.'));
  });
});
