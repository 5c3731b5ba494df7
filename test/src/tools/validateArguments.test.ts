import assert from 'node:assert/strict';
import { findBuiltin } from '../../../src/tools/registry.js';
import { validateArguments } from '../../../src/tools/validateArguments.js';

const schemaOf = (name: string) => findBuiltin(name)!.parameters;

describe('validateArguments', () => {
  const bad: [string, string, unknown, string, RegExp][] = [
    ['no arguments at all', 'generate_powerpoint', null, '', /must be an object, not null/],
    ['a list instead of an object', 'generate_powerpoint', [], '', /must be an object, not an array/],
    ['text instead of an object', 'generate_powerpoint', 'slides', '', /must be an object, not the string "slides"/],
    ['missing slides', 'generate_powerpoint', {}, 'slides', /^slides is missing\.$/],
    ['slides that are text', 'generate_powerpoint', { slides: 'one' }, 'slides', /slides must be an array, not the string "one"/],
    ['no slides', 'generate_powerpoint', { slides: [] }, 'slides', /slides needs at least 1 entry/],
    ['too many slides', 'generate_powerpoint', { slides: Array(101).fill({ title: 'x' }) }, 'slides', /101 entries; at most 100/],
    ['an unknown argument', 'generate_powerpoint', { slides: [{ title: 'x' }], theme: 'dark' }, 'theme', /theme is not known; allowed are: title, subtitle, slides, fileName/],
    ['an unknown field of a slide', 'generate_powerpoint', { slides: [{ titel: 'x' }] }, 'slides[0].titel', /slides\[0\]\.titel is not known/],
    ['a number as a title', 'generate_powerpoint', { slides: [{ title: 5 }] }, 'slides[0].title', /must be a string, not the number 5/],
    ['an unknown chart', 'generate_powerpoint', { slides: [{ title: 'x', chart: { type: 'radar', labels: ['a'], series: [{ values: [1] }] } }] }, 'slides[0].chart.type', /one of "bar", "line", "pie", not "radar"/],
    ['values as text', 'generate_chart', { type: 'bar', labels: ['a'], series: [{ values: ['5'] }] }, 'series[0].values[0]', /must be a number, not the string "5"/],
    ['a null for an optional argument', 'generate_document', { title: 'x', subtitle: null, sections: [{ heading: 'x' }] }, 'subtitle', /not null\. Leave it out instead\./],
    ['an empty title', 'generate_pdf', { title: '', sections: [{ heading: 'x' }] }, 'title', /title may not be empty/],
    ['a cell that is an object', 'generate_document', { title: 'x', sections: [{ table: { rows: [[{ a: 1 }]] } }] }, 'sections[0].table.rows[0][0]', /must be a string or a number or a boolean or null, not an object/],
    ['a currency that is none', 'generate_spreadsheet', { sheets: [{ name: 'a', columns: [{ header: 'x', currency: 'euro' }], rows: [] }] }, 'sheets[0].columns[0].currency', /pattern/],
    ['a negative offset', 'read_file', { path: 'a', offset: -1 }, 'offset', /must be >= 0/],
    ['half a number', 'read_file', { path: 'a', limit: 1.5 }, 'limit', /must be an integer, not the number 1\.5/],
    ['content that is missing', 'write_file', { path: 'a' }, 'content', /^content is missing\.$/],
    ['a truth value as text', 'list_files', { recursive: 'yes' }, 'recursive', /must be a boolean/],
    ['a query that is missing', 'search_tools', {}, 'query', /query is missing/],
    ['a time zone that is a number', 'current_time', { timezone: 2 }, 'timezone', /must be a string/],
  ];

  for (const [title, tool, args, path, message] of bad) {
    it(`${tool}: tells about ${title}`, () => {
      const problems = validateArguments(schemaOf(tool), args);
      assert.equal(problems.length, 1, JSON.stringify(problems));
      assert.equal(problems[0].path, path);
      assert.match(problems[0].message, message);
    });
  }

  it('names several problems, but never more than 20', () => {
    const slides = Array.from({ length: 60 }, () => ({ title: 1 }));
    assert.equal(validateArguments(schemaOf('generate_powerpoint'), { slides }).length, 20);
    assert.equal(validateArguments(schemaOf('write_file'), {}).length, 2);
  });

  it('changes and coerces nothing', () => {
    const args = { path: 'a', limit: '5', extra: true };
    assert.equal(validateArguments(schemaOf('read_file'), args).length, 2);
    assert.deepEqual(args, { path: 'a', limit: '5', extra: true });
  });

  it('throws for a schema that cannot be compiled', () => {
    assert.throws(() => validateArguments({ type: 'nonsense' }, {}));
  });

  it('takes the documented arguments of generate_powerpoint', () => {
    assert.deepEqual(validateArguments(schemaOf('generate_powerpoint'), { slides: [{ title: 'Q1', content: 'Results' }] }), []);
  });

  it('compiles a schema once', () => {
    let reads = 0;
    const schema = { get type() { reads++; return 'object'; } };
    validateArguments(schema, {});
    const after = reads;
    validateArguments(schema, {});
    validateArguments(schema, 5);
    assert.ok(after > 0);
    // Telling about the type reads it from the compiled schema's error, not by compiling again.
    assert.ok(reads - after <= 1);
  });
});
