/** Texts as long and as varied as those of real runs, the same on every seeding. */

const topics = ['Q1 results', 'onboarding', 'the travel policy', 'the product launch', 'supplier contracts', 'the budget for 2026', 'customer churn', 'office safety'];
const departments = ['HR', 'Finance', 'Sales', 'Support', 'Legal', 'Engineering'];
const sentences = [
  'Revenue rose by 12 % against the same quarter of last year, most of it from renewals.',
  'Two of the five open positions were filled; the others are in final interviews.',
  'Customers name the slow export as the first reason to call, ahead of billing questions.',
  'The new policy takes effect on 1 April and needs a signature of everyone who travels.',
  'Costs for external services fell, because three contracts were not renewed.',
  'Satisfaction in the pulse survey is at 4.1 of 5 — “more time for training” was asked for most.',
  'Risks are the late delivery of the second lot and the exchange rate of the złoty.',
];

/** Picks by a number, so that nothing is random. */
const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!;

/** About 85 characters a sentence. */
const prose = (n: number, count: number) => Array.from({ length: count }, (_, i) => pick(sentences, n + i * 3)).join(' ');

export const personaName = (n: number) => `${pick(departments, n)} Assistant ${n + 1}`;

export const systemPrompt = (n: number) =>
  `You are the assistant of the ${pick(departments, n)} department. ${prose(n, 6)} Use your tools, and end with a short summary.`;

export const request = (n: number) => `Create a PowerPoint for the ${pick(departments, n)} presentation about ${pick(topics, n)}, and a one-page PDF for those who miss it`;

export const answer = (n: number) => `The presentation about ${pick(topics, n)} has 8 slides, and the PDF sums it up on one page. ${prose(n, 2)}`;

/** The tools of the five tool calls of a run, in order. */
export const toolCalls = ['search_tools', 'read_file', 'generate_chart', 'generate_powerpoint', 'generate_pdf'] as const;

const slides = (n: number) =>
  Array.from({ length: 8 }, (_, i) => ({ title: `${pick(topics, n)}: part ${i + 1}`, bullets: [0, 1, 2].map((line) => pick(sentences, n + i + line)) }));

const argumentsOf: Record<(typeof toolCalls)[number], (n: number) => object> = {
  search_tools: (n) => ({ query: `slides and a document about ${pick(topics, n)}`, limit: 5 }),
  read_file: (n) => ({ path: `/workspace/notes-${n % 9}.md` }),
  generate_chart: (n) => ({ title: pick(topics, n), type: 'bar', series: [{ name: 'This year', values: [n % 7, 12.5, 17, 21.25] }] }),
  generate_powerpoint: (n) => ({ fileName: 'presentation.pptx', title: pick(topics, n), slides: slides(n) }),
  generate_pdf: (n) => ({ fileName: 'summary.pdf', title: pick(topics, n), paragraphs: [prose(n, 4), prose(n + 1, 4)] }),
};

const outputOf: Record<(typeof toolCalls)[number], (n: number) => object> = {
  search_tools: () => ({ tools: toolCalls.map((name, i) => ({ name, similarity: 0.9 - i / 10, description: `Use it to ${name.replace('_', ' ')}.` })) }),
  read_file: (n) => ({ path: `/workspace/notes-${n % 9}.md`, size: 1900, text: prose(n, 20) }),
  generate_chart: () => ({ filePath: '/workspace/chart.png', fileSize: 48_211, width: 1280, height: 720 }),
  generate_powerpoint: () => ({ filePath: '/workspace/presentation.pptx', fileSize: 182_344, slides: 8 }),
  generate_pdf: () => ({ filePath: '/workspace/summary.pdf', fileSize: 40_112, pages: 1 }),
};

export interface StepContent {
  stepType: 'llm_call' | 'tool_call';
  toolName: string | null;
  input: object;
  output: object;
}

/** The ten steps of a run: five times the model is asked, with all that was said before, and calls one tool. */
export function stepsOf(n: number): StepContent[] {
  const messages: object[] = [{ role: 'system', content: systemPrompt(n) }, { role: 'user', content: request(n) }];
  return toolCalls.flatMap((name, i) => {
    const call = { id: `call_${n}_${i}`, name, arguments: argumentsOf[name](n) };
    const said = { message: `Step ${i + 1}: ${pick(sentences, n + i)}`, toolCalls: [call] };
    const output = outputOf[name](n);
    const pair: StepContent[] = [
      { stepType: 'llm_call', toolName: null, input: { messages: [...messages] }, output: said },
      { stepType: 'tool_call', toolName: name, input: call.arguments, output },
    ];
    messages.push({ role: 'assistant', content: said.message, toolCalls: said.toolCalls }, { role: 'tool', toolCallId: call.id, content: JSON.stringify(output) });
    return pair;
  });
}
