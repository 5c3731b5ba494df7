// What pictures are taken of: documents, a shared persona and runs, made once through the public API with the demo account.
const documents = {
  'Remote work policy.md': `# Remote work policy

## Days
Everyone may work from home up to three days a week. Tuesday is the day on which the whole team is in the office.

## Equipment
The company provides a laptop, a screen and 300 euros for a chair. IT replaces broken equipment within two working days.

## Expenses
Internet at home is paid with 20 euros a month. Claims go to Finance before the 5th of the next month.
`,
  'Travel handbook.md': `# Travel handbook

## Approval
Flights need approval by the head of department. Trains in second class need none.

## Hotels
Up to 140 euros a night are paid, 180 euros in capitals.
`,
};

/** The order in which they are shown, the oldest first. */
const requests = [
  { agent: 'Data Agent', input: 'Make a spreadsheet with a monthly budget for a team of five' },
  { agent: 'Report Agent', input: 'Write a one-page PDF about our remote work policy' },
  { agent: 'Report Agent', input: 'Who approves flights?' },
  { agent: 'Presentation Agent', input: 'A presentation and a one-page PDF about onboarding new colleagues' },
  { agent: 'Presentation Agent', input: 'Create a PowerPoint for HR presentation about Q1 results' },
];

/** Makes it on the server at this address, or finds it there; gives the persona and the agent that pictures begin with. */
export async function makeDemoWorld(address) {
  const api = await signIn(address);
  const { data: personas } = await api('/personas');
  const office = personas.find(({ name }) => name === 'Office Assistant');
  const { data: agents } = await api(`/personas/${office.id}/agents`);
  const found = { personaId: office.id, agentId: agents.find(({ name }) => name === 'Presentation Agent').id };
  if (personas.some(({ name }) => name === 'Finance')) return found;
  for (const [name, text] of Object.entries(documents)) {
    const form = new FormData();
    form.append('file', new Blob([text]), name);
    await api(`/personas/${office.id}/memory/upload`, form);
  }
  await until(async () => (await api(`/personas/${office.id}/memory`)).data.every(({ status }) => status === 'completed'));
  await makePersona(api);
  for (const { agent, input } of requests) {
    const { id } = await api('/runs', { agentId: agents.find(({ name }) => name === agent).id, input });
    await until(async () => ['completed', 'failed'].includes((await api(`/runs/${id}`)).status));
  }
  return found;
}

async function makePersona(api) {
  const { id } = await api('/personas', {
    name: 'Finance', description: 'Budgets, invoices and monthly figures.', defaultProvider: 'local',
    systemPrompt: 'You work for the finance department. Keep to the figures you are given, and name the document they are from.',
  });
  await api(`/personas/${id}/agents`, { name: 'Controller', description: 'Keeps budgets and explains what differs from the plan.' });
  const { data: tools } = await api('/tools?limit=100');
  for (const tool of tools.filter(({ category }) => ['office', 'data', 'memory'].includes(category))) await api(`/personas/${id}/tools`, { toolId: tool.id });
  await api(`/personas/${id}/members`, { userEmail: 'admin@persona-platform.local', role: 'editor' });
}

/** Calls the API with the demo user's token; waits where it asks too much at once. */
async function signIn(address) {
  let token = '';
  const call = async (path, body) => {
    const isForm = body instanceof FormData;
    const headers = { ...(token && { authorization: `Bearer ${token}` }), ...(body && !isForm && { 'content-type': 'application/json' }) };
    const response = await fetch(`${address}/api${path}`, { method: body ? 'POST' : 'GET', headers, body: isForm ? body : body && JSON.stringify(body) });
    if (response.status === 429) {
      await pause(Number(response.headers.get('retry-after')) * 1000);
      return call(path, body);
    }
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  };
  ({ token } = await call('/auth/login', { email: 'demo@persona-platform.local', password: 'demo123' }));
  return call;
}

export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function until(isTrue) {
  for (const end = Date.now() + 120_000; !(await isTrue()); await pause(500)) if (Date.now() > end) throw new Error('The demo world is not made after two minutes.');
}
