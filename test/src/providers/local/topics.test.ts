import assert from 'node:assert/strict';
import type { ToolCall } from '../../../../src/providers/provider.js';
import { createLocalProvider } from '../../../../src/providers/local/index.js';
import { builtinTools } from '../../../../src/tools/registry.js';
import { drive, localProvider, offered, spellingVectors } from './drive.js';

const pptx = 'generate_powerpoint';
const docx = 'generate_document';
const xlsx = 'generate_spreadsheet';
const pdf = 'generate_pdf';
const chart = 'generate_chart';

/** A call that is expected: its tool and title, what has to stand in it and what must not. */
type Expected = [tool: string, title: string, holds?: string[], lacks?: string[]];

const files = { 'notes.txt': 'The Munich office opens in May. It has 40 desks. Rent is 12000 a month.', 'sales.csv': 'region,sales\nNorth,120\nSouth,95\n' };

const separate: [request: string, ...Expected[]][] = [
  ['Create a PowerPoint about Q1 results and a one-page PDF about onboarding new staff', [pptx, 'Q1 Results', ['Outlook and Next Steps'], ['onePage', 'nboarding']], [pdf, 'Onboarding New Staff', ['"onePage":true', 'Your First Week'], ['Q1']]],
  ['Create a PowerPoint about Q1 results: revenue 1.2 million, costs 0.8 million, and a one-page PDF about onboarding new staff: 12 people start in May, Anna leads it', [pptx, 'Q1 Results', ['Revenue 1.2 million', 'Costs 0.8 million'], ['Anna', '12 people']], [pdf, 'Onboarding New Staff', ['12 people start in May'], ['evenue', '1200000']]],
  ['Create a 5-slide PowerPoint about Q1 results with revenue 1.2 million and 12 new customers and a PDF about onboarding with 3 trainers and 20 new hires', [pptx, 'Q1 Results', ['Revenue 1.2 million', '12 new customers'], ['trainers']], [pdf, 'Onboarding', ['3 trainers', '20 new hires'], ['customers']]],
  ['Create a PowerPoint about Q1 results. Revenue was 1.2 million. Also create a PDF about onboarding. 12 people start in May.', [pptx, 'Q1 Results', ['Revenue was 1.2 million'], ['12 people']], [pdf, 'Onboarding', ['12 people start in May'], ['1.2 million']]],
  ['I need a PDF about bees and a Word document about wasps. Bees sleep at night. Wasps build nests of paper.', [pdf, 'Bees', ['Bees sleep at night'], ['Wasps']], [docx, 'Wasps', ['Wasps build nests of paper'], ['Bees']]],
  ['Make a Word report on fire safety, a deck about our summer party and a PDF regarding data protection', [docx, 'Fire Safety'], [pptx, 'Summer Party'], [pdf, 'Data Protection']],
  ['Create a PowerPoint for HR about Q1 results and a Word memo for the board about the office move', [pptx, 'Q1 Results', ['"Presentation for HR"'], ['board']], [docx, 'Office Move', ['Memo for the board'], ['HR']]],
  ['make a deck about travel and an Excel for the expenses: hotel 400, food 200', [pptx, 'Travel', [], ['400']], [xlsx, 'Expenses', ['400', '200']]],
  ['Make a PDF about bees; a spreadsheet of wasps: 3 nests, 40 queens; and a deck on hornets', [pdf, 'Bees', [], ['40']], [xlsx, 'Wasps', ['3', '40']], [pptx, 'Hornets', [], ['40']]],
  ['Make a presentation on the ERP project and save it as erp.pptx, and write a Word document about the budget process and save it as budget.docx', [pptx, 'ERP Project', ['"fileName":"erp.pptx"']], [docx, 'Budget Process', ['"fileName":"budget.docx"']]],
  ['Create a PowerPoint about bees and a PDF about wasps. Use 4 slides.', [pptx, 'Bees'], [pdf, 'Wasps']],
  ['Erstelle eine Präsentation über Bienen und ein PDF über Wespen', [pptx, 'Bienen'], [pdf, 'Wespen']],
  ['Can you create slides on hiring and also write me a letter regarding the rent?', [pptx, 'Hiring'], [docx, 'Rent']],
  ['Make a deck about bees and then also a short one-page PDF about wasps', [pptx, 'Bees'], [pdf, 'Wasps', ['"onePage":true']]],
  // The same kind twice.
  ['two PDFs about parental leave and travel expenses', [pdf, 'Parental Leave'], [pdf, 'Travel Expenses']],
  ['Create two one-page PDFs for customers about our warranty and our delivery times', [pdf, 'Warranty', ['"onePage":true', 'for customers']], [pdf, 'Delivery Times', ['"onePage":true', 'for customers']]],
  ['Write three PDFs about cats, dogs and birds', [pdf, 'Cats'], [pdf, 'Dogs'], [pdf, 'Birds']],
  ['Create two presentations, one about our strategy and the other about hiring', [pptx, 'Strategy'], [pptx, 'Hiring']],
  ['Create a PowerPoint about Q1 results and another about onboarding new staff', [pptx, 'Q1 Results'], [pptx, 'Onboarding New Staff']],
  ['I need a PDF about bees and a PDF about wasps', [pdf, 'Bees'], [pdf, 'Wasps']],
  // Two of three share a topic.
  ['Create a PowerPoint and a Word document about the new office and a PDF about the parking rules', [pptx, 'New Office'], [docx, 'New Office'], [pdf, 'Parking Rules']],
  ['Create a PowerPoint about the new office, a PDF about parking rules and a Word document', [pptx, 'New Office'], [docx, 'New Office'], [pdf, 'Parking Rules']],
];

const shared: [request: string, title: string, tools: string[]][] = [
  ['a PowerPoint and a one-page PDF about our new office', 'New Office', [pptx, pdf]],
  ['Create a PowerPoint about Q1 results and a PDF for the board', 'Q1 Results', [pptx, pdf]],
  ['Create a PowerPoint about Q1 results and a PDF about the same topic', 'Q1 Results', [pptx, pdf]],
  ['Create a PowerPoint about Q1 results and a PDF about the results', 'Q1 Results', [pptx, pdf]],
  ['Create a PowerPoint about Q1 results and a PDF for printing', 'Q1 Results', [pptx, pdf]],
  ['Create a PowerPoint on Q1 results and save it on the desktop as a PDF', 'Q1 Results', [pptx, pdf]],
  ['Make a presentation about the project: Anna wrote a report about risks, and a budget for 2026 was approved', 'Project', [pptx]],
  ['Create a PowerPoint about the project: 5 offices joined, we published a PDF about safety, and Anna wrote a Word guide about hiring', 'Project', [pptx]],
  ['Create a PowerPoint about bees and no PDF about wasps', 'Bees', [pptx]],
  ['Write two PDFs about cats', 'Cats', [pdf]],
  ['Create a PowerPoint about bees and wasps', 'Bees and Wasps', [pptx]],
];

const argumentsOf = (call: ToolCall) => call.arguments as { title: string; slides?: unknown[] };

function check(call: ToolCall, [tool, title, holds = [], lacks = []]: Expected): void {
  const text = JSON.stringify(call.arguments);
  assert.equal(call.name, tool);
  assert.equal(argumentsOf(call).title, title);
  for (const one of holds) assert.ok(text.includes(one), `${one} in ${text}`);
  for (const one of lacks) assert.ok(!text.includes(one), `no ${one} in ${text}`);
}

describe('local provider: several topics in one request', () => {
  for (const [request, ...expected] of separate) {
    it(`gives each its own outline: ${request}`, async () => {
      const { calls, messages, final } = await drive(request);
      assert.deepEqual(calls.map((call) => [call.name, argumentsOf(call).title]), expected.map(([tool, title]) => [tool, title]));
      expected.forEach((one, index) => check(calls[index], one));
      const announced = messages.find(({ role }) => role === 'assistant')!.content;
      assert.match(announced, /^This asks for .*; each topic has its own outline\. /);
      for (const [, title] of expected) {
        assert.ok(announced.split(';')[0].toLowerCase().includes(title.toLowerCase()), `${title} in ${announced}`);
        assert.ok(final.split('\n\n')[0].includes(`“${title}”`), `${title} in ${final}`);
      }
    });
  }

  for (const [request, title, tools] of shared) {
    it(`shares one outline: ${request}`, async () => {
      const { calls, messages } = await drive(request);
      assert.deepEqual(calls.map(({ name }) => name), tools);
      for (const call of calls) assert.equal(argumentsOf(call).title, title);
      assert.doesNotMatch(messages[2].content, /its own outline/);
    });
  }

  it('keeps a number of slides with the presentation', async () => {
    const { calls } = await drive('Create a PowerPoint about bees and a PDF about wasps. Use 4 slides.');
    assert.equal(argumentsOf(calls[0]).slides!.length, 3);
  });

  it('leaves a long text whole, with the nearest topic', async () => {
    const text = Array.from({ length: 80 }, (_, index) => `Wasps of nest ${index} build with paper in summer and guard it well.`).join(' ');
    const { calls } = await drive(`Create a PowerPoint about bees and a PDF about wasps. ${text}`);
    check(calls[0], [pptx, 'Bees', [], ['Wasps of nest']]);
    check(calls[1], [pdf, 'Wasps', ['Wasps of nest']]);
  });

  it('makes each from the file that it names', async () => {
    const { calls } = await drive('Create a presentation from notes.txt and a chart of sales.csv', { files });
    assert.deepEqual(calls.map(({ name }) => name), ['read_file', 'read_file', pptx, chart]);
    assert.match(JSON.stringify(calls[2].arguments), /It has 40 desks/);
    assert.doesNotMatch(JSON.stringify(calls[2].arguments), /North/);
    assert.deepEqual((calls[3].arguments as { labels: string[] }).labels, ['North', 'South']);
  });

  it('gives a file that was read before to all', async () => {
    const { calls } = await drive('Read notes.txt. Then create a PowerPoint about the Munich office and a PDF about rent', { files });
    assert.deepEqual(calls.map(({ name }) => name), ['read_file', pptx, pdf]);
    for (const call of calls.slice(1)) assert.match(JSON.stringify(call.arguments), /Source.*notes\.txt/);
  });

  it('sends all that it made', async () => {
    const { calls } = await drive('Create a PowerPoint about Q1 results and a PDF about onboarding new staff and email both to anna@example.com');
    assert.deepEqual(calls.map(({ name }) => name), [pptx, pdf, 'send_email']);
    assert.deepEqual((calls[2].arguments as { attachments: string[] }).attachments, ['/workspace/made.pptx', '/workspace/made.pdf']);
  });

  it('searches the memory for each topic and keeps the passages apart', async () => {
    const { name, description, parameters } = builtinTools.find((tool) => tool.name === 'search_memory')!;
    const results = { search_memory: ['Bees sleep at night in the hive.', 'Wasps build nests of paper.'].map((content) => ({ results: [{ documentName: 'insects.pdf', content }] })) };
    const { calls } = await drive('Create a PowerPoint about bees and a PDF about wasps', { tools: [...offered, { name, description, parameters }], results });
    assert.deepEqual(calls.map((call) => call.name), ['search_memory', 'search_memory', pptx, pdf]);
    assert.deepEqual(calls.slice(0, 2).map((call) => (call.arguments as { query: string }).query), ['bees', 'wasps']);
    check(calls[2], [pptx, 'Bees', ['Bees sleep at night'], ['Wasps']]);
    check(calls[3], [pdf, 'Wasps', ['Wasps build nests of paper'], ['Bees']]);
  });

  it('names the one that failed', async () => {
    const { final } = await drive('I need a PDF about bees and a PDF about wasps', { results: { [pdf]: [{ error: 'The disk is full.' }, { filePath: '/workspace/wasps.pdf' }] } });
    assert.match(final, /- PDF “Wasps”: \/workspace\/wasps\.pdf/);
    assert.match(final, /Not done:\n- PDF “Bees”: generate_pdf failed: The disk is full\./);
  });

  it('goes on with the second topic in a new process', async () => {
    const { messages } = await drive('two PDFs about bees and wasps');
    const last = messages.findLastIndex(({ role }) => role === 'assistant');
    const answer = await localProvider().complete({ messages: messages.slice(0, last), tools: offered, signal: new AbortController().signal, onDelta() {} });
    assert.equal(argumentsOf(answer.toolCalls[0]).title, 'Wasps');
  });

  it('takes a question that names no file for no search in files', async () => {
    const [tool] = offered.filter(({ name }) => name === 'search_files');
    const searching = createLocalProvider({ embed: async (texts) => spellingVectors(texts.map(() => 'handbook')) });
    assert.ok(tool);
    assert.deepEqual((await drive('What does our handbook say about parental leave?', { tools: [tool], provider: searching })).tools, []);
  });
});
