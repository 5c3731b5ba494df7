import assert from 'node:assert/strict';
import { calculateExpression } from '../../../src/tools/calculation/calculate.js';
import { openToolBench, toolError } from './toolRun.js';
import type { ToolBench } from './toolRun.js';

describe('calculate', function () {
  this.timeout(30_000);
  let bench: ToolBench;
  before(async () => { bench = await openToolBench(); });
  after(() => bench.close());

  const refused: [string, RegExp][] = [
    ['2 +', /ends too early/],
    ['2 3', /"3" is not expected/],
    ['(1 + 2', /ends too early/],
    ['1 / 0', /divided by zero/],
    ['1 / (0.3 - 0.1 - 0.2)', /divided by zero/],
    ['mod(5, 0)', /divided by zero/],
    ['sqrt(-1)', /no real value/],
    ['ln(-1)', /no real value/],
    ['10 % 3', /% means percent/],
    ['9^9^9^9', /too large/],
    ['9!!!!', /whole number from 0/],
    ['0.5!', /whole number from 0/],
    ['sin(10^40)', /angle is too large/],
    ['1e999999', /is not expected/],
    ['sqrt', /sqrt needs brackets/],
    ['round(1, 2, 3)', /round\(\) takes/],
    ['min()', /takes 1 or more numbers, not 0/],
    ['constructor', /There is no "constructor"/],
    ['constructor("return process")()', /cannot be read/],
    ['toString()', /There is no function "tostring"/],
    ['__proto__', /There is no "__proto__"/],
    ['process.exit()', /cannot be read/],
    ['1; 2', /cannot be read/],
    ['(' .repeat(900), /too many brackets/],
    [`${'2^'.repeat(900)}2`, /too many powers/],
  ];
  for (const [expression, message] of refused) {
    it(`refuses ${expression.slice(0, 40)}`, () => assert.throws(() => calculateExpression(expression), toolError(message)));
  }

  it('refuses in the thread as well, and stops when the run is cancelled', async () => {
    await assert.rejects(bench.run('calculate', { expression: '1/0' }), toolError(/divided by zero/));
    await assert.rejects(bench.run('calculate', { expression: '1' }, { signal: AbortSignal.abort(new Error('cancelled')) }), /cancelled/);
    const controller = new AbortController();
    const running = bench.run('calculate', { expression: '1' }, { signal: controller.signal });
    controller.abort(new Error('cancelled'));
    await assert.rejects(running, /cancelled/);
  });

  it('gives the result as text with all its digits', async () => {
    assert.deepEqual((await bench.run('calculate', { expression: '2^100' })).output, { expression: '2^100', result: '1267650600228229401496703205376', isRounded: false });
  });

  const worked: [string, string][] = [
    ['0.1 + 0.2', '0.3'],
    ['(1250.50 + 99) * 12', '16194'],
    ['2 + 3 * 4 - 6 / 4', '12.5'],
    ['-2^2', '-4'],
    ['2^3^2', '512'],
    ['2^-2', '0.25'],
    ['2 ** 3 × 2 ÷ 4 − 1', '3'],
    ['--5 + +3', '8'],
    ['15% of 240', '36'],
    ['200 + 10%', '220'],
    ['200 - 8.1%', '183.8'],
    ['10% + 5%', '0.15'],
    ['50 * 20%', '10'],
    ['5! / 3!', '20'],
    ['17 mod 5', '2'],
    ['mod(-1, 3)', '2'],
    ['sqrt(2)^2', '2'],
    ['√(16)', '4'],
    ['cbrt(-27) + root(-32, 5)', '-5'],
    ['round(2.345, 2)', '2.35'],
    ['round(-2.5)', '-3'],
    ['round(1234.5, -2)', '1200'],
    ['floor(-1.5) + ceil(1.2) + trunc(-1.9)', '-1'],
    ['log(1000) + log2(8) + log(81, 3)', '10'],
    ['ln(e)', '1'],
    ['sin(pi/2)', '1'],
    ['round(cos(π), 20)', '-1'],
    ['average(3, 4, 8) + median(1, 9, 3, 4)', '8.5'],
    ['max(1, 2, 3) - min(4, 5) + sum(1, 2)', '2'],
    ['12345678901234567890 * 98765432109876543210', '1219326311370217952237463801111263526900'],
    ['1.5e3 + .5', '1500.5'],
    ['1000 * (1 + 5%)^10', '1628.894626777441406250000'.replace(/0+$/, '')],
  ];
  for (const [expression, expected] of worked) {
    it(`${expression} is ${expected}`, () => assert.equal(calculateExpression(expression).result, expected));
  }

  it('says when a result is rounded', () => {
    assert.deepEqual(calculateExpression('1/3'), { result: `0.${'3'.repeat(30)}`, isRounded: true });
    assert.deepEqual(calculateExpression('1/8'), { result: '0.125', isRounded: false });
    assert.deepEqual(calculateExpression('300!').isRounded, true);
    assert.match(calculateExpression('10^-50').result, /^1e-50$/);
  });
});
