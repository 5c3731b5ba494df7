import assert from 'node:assert/strict';
import type { ToolCall } from '../../../../src/providers/provider.js';
import { closeEmbeddings, embed } from '../../../../src/embeddings/embeddings.js';
import { createLocalProvider } from '../../../../src/providers/local/index.js';
import { drive } from './drive.js';

const pptx = 'generate_powerpoint';
const docx = 'generate_document';
const xlsx = 'generate_spreadsheet';
const pdf = 'generate_pdf';
const chart = 'generate_chart';

interface Expected {
  title?: string;
  subtitle?: string;
  /** Slides in the file, the title slide counted. */
  slides?: number;
  /** All values of the sheet or chart, in order. */
  numbers?: number[];
  labels?: string[];
  type?: string;
  /** Texts that have to stand somewhere in the arguments. */
  holds?: string[];
  fileName?: string;
}

const files = { 'notes.txt': 'The Munich office opens in May. It has 40 desks. Rent is 12000 a month. Anna leads the move.', 'sales.csv': 'region,sales\nNorth,120\nSouth,95\nWest,140\n' };

const table: [request: string, tools: string[], ...expected: Expected[]][] = [
  ['Create a PowerPoint for HR presentation about Q1 results', [pptx], { title: 'Q1 Results', subtitle: 'Presentation for HR', holds: ['Headcount at the end of Q1: [figure from HR records]', 'Agenda'] }],
  ['a PowerPoint and a one-page PDF about our new office', [pptx, pdf], { title: 'New Office' }, { title: 'New Office' }],
  ['Create a one-page PDF for customers about our warranty, and then a 3-slide PowerPoint with the same content', [pdf, pptx], { title: 'Warranty' }, { title: 'Warranty', slides: 3 }],
  ['make a spreadsheet of our 2025 budget: rent 1200, food 400, travel 300 with a total', [xlsx], { title: '2025 Budget', numbers: [1200, 400, 300], labels: ['Rent', 'Food', 'Travel'] }],
  ['write a report on X-ray safety as Word document', [docx], { title: 'X-ray Safety' }],
  ['chart these numbers: Jan 5, Feb 8, Mar 12', [chart], { labels: ['Jan', 'Feb', 'Mar'], numbers: [5, 8, 12], type: 'line' }],
  ['what time is it in Tokyo', ['current_time'], { holds: ['Asia/Tokyo'] }],
  ['what time is it in New York and in Berlin?', ['current_time', 'current_time'], { holds: ['America/New_York'] }, { holds: ['Europe/Berlin'] }],
  ['What day is it today?', ['current_time']],
  ['list the files', ['list_files']],
  ['What files do I have here?', ['list_files']],
  ['read notes.txt and make a presentation of it', ['read_file', pptx], { holds: ['/workspace/notes.txt'] }, { title: 'Notes', holds: ['The Munich office opens in May', 'Rent is 12000 a month', 'Source: notes.txt'] }],
  ['Turn notes.txt into a Word document and a PDF', ['read_file', docx, pdf], {}, { holds: ['It has 40 desks'] }, { holds: ['It has 40 desks'] }],
  ['Create a PDF summary of notes.txt and save it as board.pdf', ['read_file', pdf], {}, { fileName: 'board.pdf' }],
  ['Draw a bar chart of sales.csv', ['read_file', chart], {}, { labels: ['North', 'South', 'West'], numbers: [120, 95, 140], type: 'bar' }],
  ['save this text to notes.txt: Buy milk. Call Anna.', ['write_file'], { holds: ['/workspace/notes.txt', 'Buy milk. Call Anna.'] }],
  ['save the summary of notes.txt to summary.md', ['read_file', 'write_file'], {}, { holds: ['/workspace/summary.md', '- It has 40 desks'] }],
  ['what does notes.txt say?', ['read_file']],
  ['make slides for my boss', [pptx], { title: 'Presentation for My Boss' }],
  ['I need a pitch deck for the investor meeting on Thursday', [pptx], { title: 'Pitch Deck', subtitle: 'Pitch deck for the investor meeting', holds: ['The Ask'] }],
  ['pls do a powerpiont on onboarding new hires, 8 slids', [pptx], { title: 'Onboarding New Hires', slides: 8 }],
  ['Prepare a training deck on fire safety for new hires with 6 slides and speaker notes', [pptx], { title: 'Fire Safety', subtitle: 'Presentation for new hires', slides: 6, holds: ['What You Will Learn'] }],
  ['Make a 5-slide deck for the board about hiring, retention and training', [pptx], { slides: 5, holds: ['"Hiring"', '"Retention"', '"Training"'] }],
  ['make one slide about bees', [pptx], { slides: 1, holds: ['"Bees"'] }],
  ["Write a Word document with the minutes of yesterday's meeting", [docx], { title: "Minutes: Yesterday's Meeting", holds: ['Decisions'] }],
  ['Minutes of the board meeting: Present were Anna and Bob. We decided to close the Bern office. Carl will inform staff by 1 June.', [docx], { title: 'Minutes: Board Meeting', holds: ['"Decisions","bullets":["We decided to close the Bern office"'] }],
  ['draft a cover letter I can open in Word', [docx], { title: 'Cover Letter', holds: ['Dear [name],'] }],
  ['I want a docx report on the audit findings with headings', [docx], { title: 'Audit Findings' }],
  ['Write a job description for a senior accountant', [docx], { title: 'Job Description: Senior Accountant' }],
  ['a report on graphs and tables as Word document', [docx], { title: 'Graphs and Tables' }],
  ['Create a report about sales in Word and PDF', [docx, pdf], { title: 'Sales' }, { title: 'Sales' }],
  ['Make slides, no make it a Word document, about cats', [docx], { title: 'Cats' }],
  ["don't make a PDF, just slides about safety", [pptx], { title: 'Safety' }],
  ['Make an Excel with our monthly budget and totals', [xlsx], { title: 'Monthly Budget', holds: ['=B2-C2', '=SUM(B2:B13)'] }],
  ["build me a sheet to track everybody's holidays", [xlsx], { holds: ['"From"', '"To"'] }],
  ['A table with price, quantity and a formula for the sum, please', [xlsx], { holds: ['=B2*C2'] }],
  ['make an Excel of team members with columns name, role, start date and salary', [xlsx], { title: 'Team Members', holds: ['"Start Date"', '"Salary"'] }],
  ['Build a spreadsheet with products: apples 1.20, pears 2.50, plums 3', [xlsx], { numbers: [1.2, 2.5, 3], labels: ['Apples', 'Pears', 'Plums'] }],
  ['new exel workbook w/ sales per region', [xlsx], { title: 'Sales per Region' }],
  ['Give me a one-page PDF summary of the project', [pdf], { title: 'Project', holds: ['"onePage":true'] }],
  ['An invoice for ACME, print-ready', [pdf], { title: 'Invoice: ACME', holds: ['Total due: [amount]'] }],
  ['Create a pie chart of market share: Us 40%, Acme 35%, Others 25%', [chart], { type: 'pie', numbers: [40, 35, 25], title: 'Market Share', holds: ['"unit":"%"'] }],
  ['please visualise headcount: 2020 40, 2021 55, 2022 61', [chart], { labels: ['2020', '2021', '2022'], numbers: [40, 55, 61] }],
  ['Create a bar chart with North: 10, 12, 15; South: 8, 9, 14', [chart], { labels: ['North', 'South'], numbers: [10, 8, 12, 9, 15, 14] }],
  ['I need a report, a spreadsheet and a chart of sales: Jan 10, Feb 20, Mar 15, Apr 30', [docx, xlsx, chart], { holds: ['Total: 75'] }, { numbers: [10, 20, 15, 30] }, { numbers: [10, 20, 15, 30] }],
  ['make a deck on sales results: Q1 $1,200, Q2 $1,500.50, Q3 $900', [pptx], { title: 'Sales Results', holds: ['["Q2",1500.5]', '"values":[1200,1500.5,900]', 'Total: $3,600.5'] }],
  ["We need a deck for Monday's kickoff of the ERP project. Budget is 250,000 euros. Start is 1 June. Maria Silva is project lead. Risk: the supplier is late. Keep it to 4 slides.", [pptx], { title: 'ERP Project', slides: 4, holds: ['Budget is 250,000 euros', 'Start is 1 June', 'Maria Silva is project lead', 'Risk: the supplier is late'] }],
  ['Make a Word report and an Excel table from this data:\nRegion,Q1,Q2\nNorth,100,120\nSouth,80,95', [docx, xlsx], { title: 'Report', numbers: [100, 120, 80, 95], holds: ['Total Q1: 180', 'Total Q2: 215'] }, { numbers: [100, 120, 80, 95], labels: ['North', 'South'] }],
  ['Erstelle eine Präsentation über unsere Quartalszahlen', [pptx], { title: 'Quartalszahlen' }],
  ['Fais-moi un tableau Excel des dépenses de mars', [xlsx]],
  ['Make slides about travel and book me a flight', [pptx], { title: 'Travel' }],
];

const textOf = (call: ToolCall): string => JSON.stringify(call.arguments);

/** Every value in tables, sheets and charts of a call. */
function valuesIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (Array.isArray(value)) return value.flatMap(valuesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).filter(([key]) => key !== 'limit').flatMap(([, one]) => valuesIn(one));
}

function check(call: ToolCall, expected: Expected): void {
  const args = call.arguments as Record<string, any>;
  if (expected.title) assert.equal(args.title, expected.title);
  if (expected.subtitle) assert.equal(args.subtitle, expected.subtitle);
  if (expected.slides) assert.equal(args.slides.length + (args.title ? 1 : 0), expected.slides);
  if (expected.type) assert.equal(args.type, expected.type);
  if (expected.fileName) assert.equal(args.fileName, expected.fileName);
  if (expected.labels) assert.deepEqual(args.labels ?? args.sheets[0].rows.map((row: unknown[]) => row[0]), expected.labels);
  if (expected.numbers) assert.deepEqual(valuesIn(args), expected.numbers);
  for (const text of expected.holds ?? []) assert.ok(textOf(call).includes(text) || textOf(call).includes(JSON.stringify(text).slice(1, -1)), `${text} in ${textOf(call)}`);
}

describe('local provider: requests', () => {
  for (const [request, tools, ...expected] of table) {
    it(request, async () => {
      const driven = await drive(request, { files });
      assert.deepEqual(driven.tools, tools);
      expected.forEach((one, index) => check(driven.calls[index], one));
      for (const call of driven.calls) {
        assert.doesNotMatch(textOf(call), /lorem|ipsum|\bTODO\b|\bTBD\b|undefined|\{subject\}|\{period\}|\{audience\}|\{title\}|"\s*"/i);
        // A number in a table or chart stands in the request or in a file.
        const written = `${request} ${Object.values(files).join(' ')}`;
        const given = `${written} ${written.replace(/(\d),(\d{3})/g, '$1$2')}`;
        for (const value of valuesIn(call.arguments)) assert.ok([value, value * 100].some((one) => new RegExp(`(?<![\\d.])${String(one).replace('.', '\\.')}0*(?!\\d)`).test(given)), `${value} was invented`);
      }
    });
  }
});

describe('local provider: requests without a word for the format', function () {
  this.timeout(30_000);
  after(closeEmbeddings);
  const provider = createLocalProvider({ embed });

  for (const [request, tool] of [['Put together something I can show on the projector at the all-hands', pptx], ['Bitte sag mir, wie spät es ist', 'current_time']]) {
    it(`finds ${tool} by meaning: ${request}`, async () => {
      assert.deepEqual((await drive(request, { provider })).tools, [tool]);
    });
  }

  for (const request of ['book me a flight to Paris', 'who won the world cup in 2022?', 'Show me the weather in Berlin', 'call my mother']) {
    it(`calls nothing: ${request}`, async () => {
      const { tools, final } = await drive(request, { provider });
      assert.deepEqual(tools, []);
      assert.match(final, /cannot do this/);
    });
  }
});
