import assert from 'node:assert/strict';
import type { ToolCall } from '../../../../src/providers/provider.js';
import { drive } from './drive.js';

const three = 'Create a PowerPoint, a Word document and a PDF about';
const forms = ['generate_powerpoint', 'generate_document', 'generate_pdf'];

/** Requests, and what each file made of them has to hold, apart from a large first letter. */
const table: [request: string, holds: string[]][] = [
  [`${three} our Q1 results: revenue 1.2 million, costs 0.8 million, 12 new customers`, ['revenue 1.2 million', 'costs 0.8 million', '12 new customers']],
  [`${three} our Q1 results with revenue 1.2 million, costs 0.8 million and 12 new customers`, ['revenue 1.2 million', 'costs 0.8 million', '12 new customers']],
  [`${three} Q2: headcount grew from 40 to 52, NPS 61, churn: 3%`, ['headcount grew from 40 to 52', 'NPS 61', 'churn: 3%']],
  [`${three} the year: €1.2M revenue, €0.9M costs, 3 of 5 milestones reached`, ['€1.2M revenue', '€0.9M costs', '3 of 5 milestones reached']],
  [`${three} the Atlas project: launch on 12 March, Anna leads the project, budget 250,000 euros`, ['launch on 12 March', 'Anna leads the project', 'budget 250,000 euros']],
  [`${three} our survey: "We like the daylight, but not the noise." said 14 people; 84% answered`, ['"We like the daylight, but not the noise." said 14 people', '84% answered']],
  [`${three} support in May: 1,240 tickets; first answer after 35 minutes; 97.5% solved; Ravi joined the team`, ['1,240 tickets', 'first answer after 35 minutes', '97.5% solved', 'Ravi joined the team']],
  [`${three} the Berlin branch:\n- 18 employees\n- opened on 3 May 2021\n- rent is 12000 a month\n- Maria Silva is the manager`, ['18 employees', 'opened on 3 May 2021', 'rent is 12000 a month', 'Maria Silva is the manager']],
  [`${three} the bakery:\nbread 420\nrolls 1300\ncakes 85\nThe oven was repaired on 4 June`, ['bread', '420', 'rolls', '1300', 'cakes', '85', 'the oven was repaired on 4 June']],
  [`${three} our webshop. Visits rose by 18%. The average order is $64.50. Returns fell to 4%.`, ['visits rose by 18%', 'the average order is $64.50', 'returns fell to 4%']],
  [`${three} sales by region: North 1.2 million, South 0.8 million, West 0.5 million`, ['North 1.2 million', 'South 0.8 million', 'West 0.5 million']],
  [`${three} our team budget: Sales 500, Marketing 300, HR 20`, ['Sales', '500', 'Marketing', '300', '"HR"', '20']],
  [`${three} the merger: signed on 2026-03-12; 340 colleagues join us; the name stays Nordwind`, ['signed on 2026-03-12', '340 colleagues join us', 'the name stays Nordwind']],
  [`${three} our fleet: 14 vans, 3 trucks and 22 bicycles`, ['14 vans', '3 trucks', '22 bicycles']],
  [`${three} energy use: 2023 410, 2024 380, 2025 351`, ['2023', '410', '2024', '380', '2025', '351']],
  [`${three} the app, which has 12,000 users and costs $3 a month`, ['12,000 users', 'costs $3 a month']],
  [`${three} recruiting: We hired 12 people in March, lost 3 in April, and have 5 open roles`, ['We hired 12 people in March', 'lost 3 in April', 'have 5 open roles']],
  [`${three} quality: defects fell from 4.1% to 2.9%; audit passed (ISO 9001, no findings)`, ['defects fell from 4.1% to 2.9%', 'audit passed (ISO 9001, no findings)']],
  [`${three} our partners: Acme, Nordwind and Globex stay; Initech leaves on 30 June`, ['Acme, Nordwind and Globex stay', 'Initech leaves on 30 June']],
  [`${three} the summer party: Friday 17 July at 18:30, garden of the Munich office, 60 guests, band "The 3 Tenors"`, ['Friday 17 July at 18:30', 'garden of the Munich office', '60 guests', 'band "The 3 Tenors"']],
  [`${three} our store in numbers: Visitors 9,300; Conversion 2.4%; Average basket €38; Staff 11`, ['Visitors 9,300', 'Conversion 2.4%', 'Average basket €38', 'Staff 11']],
  [`${three} the pilot:\n1. 8 of 10 testers finished\n2. Median time 4.5 minutes\n3. Lena wants a second round in autumn`, ['8 of 10 testers finished', 'Median time 4.5 minutes', 'Lena wants a second round in autumn']],
  [`${three} safety: no accidents for 214 days, 96% of staff trained, Omar is the safety officer`, ['no accidents for 214 days', '96% of staff trained', 'Omar is the safety officer']],
  [`${three} our fundraising: we raise $2 million for 15% of the company; 42 customers today; growth is 9% a month`, ['we raise $2 million for 15% of the company', '42 customers today', 'growth is 9% a month']],
  [`${three} the library: 52k loans, 3.1k members, loss of -1,200 in the café`, ['52k loans', '3.1k members', 'loss of -1,200 in the café']],
  [`${three} Q3: revenue was 1.4 million, up 12% from last year. Costs were 1.5 million.`, ['revenue was 1.4 million, up 12% from last year', 'costs were 1.5 million']],
  [`${three} the move. Room 12 goes to finance. Version 2 of the plan is due by 9 May. Help desk: 555-0134.`, ['room 12 goes to finance', 'version 2 of the plan is due by 9 May', '555-0134']],
  [`${three} training hours: Jan 10, Feb 12.5, Mar 8`, ['Jan', '10', 'Feb', '12.5', 'Mar', '8']],
  [`Our revenue was 1.2 million and we won 12 new customers. ${three} Q1.`, ['our revenue was 1.2 million"', 'we won 12 new customers']],
  [`Q4 in short: profit £310k, 7 new shops, Zoë becomes CEO. ${three} this for the board.`, ['profit £310k', '7 new shops', 'Zoë becomes CEO']],
  [`Create a PowerPoint, a Word document and a PDF from this data:\nRegion,Q1,Q2\nNorth,100,120\nSouth,80,95\nNorth also won the 2025 award.`, ['North', '100', '120', 'South', '80', '95', 'North also won the 2025 award']],
  [`${three} our goals:\nRevenue:\n- 5 million in 2026\n- 6 million in 2027\nPeople:\n- 80 employees\n- 2 new offices`, ['5 million in 2026', '6 million in 2027', 'people: 80 employees', '2 new offices']],
];

/** Every text and number in the arguments, as they are written. */
function leaves(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [];
}

const scale: Record<string, number> = { k: 1e3, m: 1e6, million: 1e6 };
const numberForm = /\d+(?:[.,]\d+)*(?:\s?(?:k|M|million)\b)?/g;

/** The values of the numbers in a text; "1.2 million" is 1,200,000 and may stand as 1.2 too. */
const valuesIn = (text: string): number[] =>
  [...(text.match(numberForm) ?? []), ...(text.match(/\d+(?:\.\d+)?/g) ?? [])].flatMap((written) => {
    const plain = Number(/^[\d.,]+/.exec(written)![0].replace(/,/g, ''));
    return [plain, Math.round(plain * (scale[/[a-z]+$/i.exec(written)?.[0].toLowerCase() ?? ''] ?? 1))];
  });

/** What is said in the files, prompts left out: they give no facts. */
const said = (call: ToolCall): string[] => leaves(call.arguments).filter((text) => !/\[[^\]]+\]|^Before presenting/.test(text) && !/^Key Facts \(\d\)$/.test(text));

const derived = /^(?:Result|Total[^:]*): ([\d,.$€£-]+)/;

/** A sum of all or a difference of two of the given numbers. */
function followsFrom(value: number, given: number[], rows: number[][]): boolean {
  const differences = given.flatMap((one) => given.map((other) => Math.abs(one - other)));
  const columns = (rows[0] ?? []).map((_, index) => rows.reduce((sum, row) => sum + row[index], 0));
  return [...differences, ...columns].some((one) => Math.abs(one - value) < 1e-6);
}

const rowsOf = (call: ToolCall): number[][] => {
  const { slides, sections } = call.arguments as { slides?: any[]; sections?: any[] };
  const found = (slides ?? sections ?? []).find((one) => one.table)?.table as { rows: unknown[][] } | undefined;
  return (found?.rows ?? []).map((row) => row.filter((cell) => typeof cell === 'number'));
};

describe('local provider: facts of a request', () => {
  for (const [request, holds] of table) {
    it(request, async () => {
      const { calls } = await drive(request);
      assert.deepEqual(calls.map(({ name }) => name), forms);
      const given = valuesIn(request);
      for (const call of calls) {
        const whole = JSON.stringify(call.arguments).replaceAll('\\"', '"');
        for (const text of holds) assert.ok(whole.toLowerCase().includes(text.toLowerCase()), `${call.name} lacks ${text}: ${whole}`);
        const numbers = said(call).filter((text) => !derived.test(text)).flatMap((text) => text.match(numberForm) ?? []).map((written) => valuesIn(written)[0]);
        for (const value of numbers) assert.ok(given.includes(value), `${value} in ${call.name} was invented: ${whole}`);
        for (const [, written] of said(call).flatMap((text) => [...text.matchAll(new RegExp(derived, 'g'))])) {
          assert.ok(followsFrom(Math.abs(valuesIn(written)[0]), given, rowsOf(call)), `${written} in ${call.name} follows from nothing: ${whole}`);
        }
      }
    });
  }
});

const deckOf = async (request: string) => {
  const { calls } = await drive(request);
  const deck = calls.find(({ name }) => name === 'generate_powerpoint')!.arguments as { slides: { title: string; bullets?: string[]; table?: { headers: string[]; rows: unknown[][] }; chart?: { labels: string[]; unit?: string; type: string } }[] };
  return { ...deck, points: deck.slides.flatMap((slide) => slide.bullets ?? []), chart: deck.slides.find((slide) => slide.chart)?.chart, table: deck.slides.find((slide) => slide.table)?.table };
};

describe('local provider: what is concluded from numbers', () => {
  for (const numbers of ['revenue 1.2 million, costs 0.8 million, 12 new customers', 'NPS 61, headcount 52, churn 3%', 'planned 500, actual 450', 'price 40, rating 4', 'employees 40, offices 3']) {
    it(`adds up and ranks no different things: ${numbers}`, async () => {
      const { points } = await deckOf(`Make a PowerPoint about our results: ${numbers}`);
      assert.doesNotMatch(points.join('\n'), /^(?:Total|Highest|Lowest)/m);
    });
  }

  for (const request of ['Make slides about headcount: 2023 40, 2024 52, 2025 61', 'Make slides about energy use: 2023 410, 2024 380, 2025 351', 'Make slides about prices by month: Jan 10, Feb 12, Mar 11', 'Make slides on market share: Us 40%, Acme 35%, Others 25%', 'Make slides about our products: apples 1.20, pears 2.50, plums 3']) {
    it(`gives no total: ${request}`, async () => {
      assert.doesNotMatch((await deckOf(request)).points.join('\n'), /^Total: /m);
    });
  }

  for (const [request, total] of [
    ['Make slides about sales by region: North 120, South 80', 'Total: 200'],
    ['Make slides about our expenses: rent $1,200, food $400.50', 'Total: $1,600.50'],
    ['Make slides about the team budget: Sales 500, Marketing 300, HR 20', 'Total: 820'],
    ['Make slides about our points with a total: red 3, blue 4, green 5', 'Total: 12'],
  ]) {
    it(`gives a total of parts of one whole, or when asked: ${request}`, async () => {
      assert.ok((await deckOf(request)).points.includes(total));
    });
  }

  it('subtracts costs from revenue and says so', async () => {
    assert.ok((await deckOf('Make slides about Q1: revenue €1.2M, costs €0.8M')).points.includes('Result: €400,000 (revenue minus costs)'));
    assert.ok((await deckOf('Make slides about Q1: revenue 500, costs 800')).points.includes('Result: -300 (revenue minus costs)'));
  });

  for (const numbers of ['revenue €1.2M, costs $0.8M', 'revenue 500, costs 300, profit 180', 'revenue 500, revenue 600, costs 300']) {
    it(`subtracts nothing: ${numbers}`, async () => {
      assert.doesNotMatch((await deckOf(`Make slides about Q1: ${numbers}`)).points.join('\n'), /^Result/m);
    });
  }

  it('takes dates, times and rooms for no numbers to draw', async () => {
    const { chart, table: drawn } = await deckOf('Make slides about the plan: launch on 12 March, review at 10:30, meeting in room 12, version 2, week 9');
    assert.equal(chart, undefined);
    assert.equal(drawn, undefined);
  });
});

describe('local provider: a deck with facts', () => {
  const request = 'Create a PowerPoint about our Q1 results: revenue 1.2 million, costs 0.8 million, 12 new customers';

  it('charts only what can be compared', async () => {
    assert.deepEqual((await deckOf(request)).chart?.labels, ['Revenue', 'Costs']);
    assert.deepEqual((await deckOf('Make slides about Q1: revenue €1.2M, 12 customers, costs €0.8M, churn 3%')).chart, { type: 'bar', labels: ['Revenue', 'Costs'], series: [{ name: 'Value', values: [1_200_000, 800_000] }], unit: '€' });
    assert.equal((await deckOf('Make slides about Q1: NPS 61, churn 3%, 12 customers')).chart, undefined);
  });

  it('writes numbers as given in text and plainly in its table', async () => {
    const { points, table: figures } = await deckOf(request);
    assert.ok(points.includes('Revenue 1.2 million'));
    assert.deepEqual(figures, { headers: ['Item', 'Value'], rows: [['Revenue', 1_200_000], ['Costs', 800_000], ['New customers', 12]] });
  });

  it('names the unit of each number where they differ', async () => {
    assert.deepEqual((await deckOf('Make slides about Q1: churn 3%, revenue $500, NPS 61')).table?.rows, [['Churn (%)', 3], ['Revenue ($)', 500], ['NPS', 61]]);
  });

  it('opens with the facts and puts them where they belong', async () => {
    const { slides } = await deckOf(request);
    const titled = (title: string) => slides.find((slide) => slide.title === title)?.bullets;
    assert.deepEqual(titled('Summary'), ['Revenue 1.2 million', 'Costs 0.8 million', '12 new customers']);
    assert.equal(titled('Achievements')?.[0], '12 new customers');
  });

  it('takes a bare period for its results, and repeats no more than six facts in the summary', async () => {
    const { slides } = await deckOf('Create a PowerPoint for HR about Q1: headcount grew from 40 to 52, NPS 61, churn: 3%, €1.2M revenue, 4 people left, Ravi joined as CTO');
    assert.deepEqual(slides.find(({ title }) => title === 'Summary')?.bullets, ['Headcount grew from 40 to 52', 'NPS 61', 'Churn: 3%', '€1.2M revenue', '4 people left', 'Ravi joined as CTO']);
    assert.equal(slides.find(({ title }) => title === 'Headcount and Hiring')?.bullets?.[0], 'Headcount grew from 40 to 52');
  });

  for (const facts of ['12 new customers, churn 3%', 'Anna leads the project; launch on 12 March; NPS 61', 'North 5, South 6, West 7']) {
    it(`has few slides of blanks alone: ${facts}`, async () => {
      for (const topic of ['our Q1 results', 'the ERP project', 'our new office', 'fire safety', 'HR results of Q1', 'bees']) {
        const { slides } = await deckOf(`Create a PowerPoint about ${topic}: ${facts}`);
        const blank = slides.filter(({ title, bullets, table: figures, chart }) => title !== 'Agenda' && !figures && !chart && bullets?.every((bullet) => bullet.includes('[')));
        assert.ok(blank.length <= 2, `${topic}: ${blank.map(({ title }) => title)}`);
      }
    });
  }

  it('keeps every section of a letter', async () => {
    const { calls } = await drive('Write a letter to Acme in Word: We accept the offer of 12 May; delivery in week 30');
    assert.match(JSON.stringify(calls[0].arguments), /Dear \[name\].*Kind regards, \[your name\]/);
  });

  it('makes one slide of everything that was said', async () => {
    const { slides } = await deckOf('Make one slide about Q1: revenue 1.2 million, costs 0.8 million, 12 new customers, Anna leads sales');
    assert.equal(slides.length, 1);
    for (const fact of ['Revenue 1.2 million', 'Costs 0.8 million', '12 new customers', 'Anna leads sales']) assert.ok(slides[0].bullets?.includes(fact), fact);
  });

  it('takes a wish behind the facts for no fact', async () => {
    const { points, slides } = await deckOf('Make a deck about Q1: 12 new customers, churn 3%. Keep it to 4 slides.');
    assert.equal(slides.length, 3);
    assert.doesNotMatch(points.join('\n'), /Keep it/);
  });

  it('says what a chart leaves out', async () => {
    const { messages, calls } = await drive('Draw a chart of Q1: revenue 500, costs 300, 12 customers');
    assert.deepEqual((calls[0].arguments as { labels: string[] }).labels, ['Revenue', 'Costs']);
    assert.match(messages.map(({ content }) => content).join('\n'), /Customers is of another kind/);
  });
});

describe('local provider: a spreadsheet with facts', () => {
  for (const [request, totals] of [['Make an Excel of Q1: revenue 1.2 million, costs 0.8 million and 12 new customers', undefined], ['Make an Excel of our expenses: rent 1200, food 400', true]] as const) {
    it(`${totals ? 'adds up' : 'adds up nothing'}: ${request}`, async () => {
      const { calls } = await drive(request);
      assert.equal((calls[0].arguments as { sheets: { totals?: boolean }[] }).sheets[0].totals, totals);
    });
  }
});
