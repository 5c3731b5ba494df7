import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type { Script } from '../support/providerServer.js';
import { assertQuiet, openWindow, signIn, useProvider, type Window } from './browser.js';
import { useClientServer } from './clientServer.js';

/** Resolves when a test says so. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = () => {};
  return { opened: new Promise<void>((resolve) => (open = resolve)), open: () => open() };
}

const deck = { title: 'Quarter one', slides: [{ title: 'Revenue', bullets: ['Up by a tenth'] }, { title: 'People', bullets: ['Two joined'] }], fileName: 'quarter-one' };
const makesDeck: Script = { text: ['I will make ', 'two slides.'], toolCalls: [{ name: 'generate_powerpoint', arguments: deck }] };
const steps = (page: Page) => page.locator('[data-step]');

describe('the client: runs', function () {
  this.timeout(90_000);
  const world = useClientServer({ RUN_MAX_STEPS: '400' });
  let window: Window;

  before('make the persona ask the stand-in', async function () {
    const setUp = await openWindow(world.browser, world.address);
    await signIn(setUp);
    await useProvider(setUp, 'openai');
    assertQuiet(setUp);
    await setUp.context.close();
  });
  beforeEach(async () => {
    window = await openWindow(world.browser, world.address);
    await signIn(window);
  });
  afterEach(async () => {
    await window.context.close();
  });

  async function start(request: string): Promise<void> {
    await window.page.getByLabel('Your request').fill(request);
    await window.page.keyboard.press('Enter');
    await window.page.getByRole('heading', { name: request }).waitFor();
  }

  const ended = (page: Page, status: string) => page.locator('main header').getByText(status, { exact: true }).waitFor();

  it('says when a run does not exist', async () => {
    await window.page.goto('/runs/00000000-0000-4000-8000-000000000000');
    await window.page.getByRole('heading', { name: 'This does not exist' }).waitFor();
  });

  it("shows a failed run's reason in words", async () => {
    world.openai.reply({ status: 401, message: 'Incorrect API key provided' });
    await start('Fail, please');
    await ended(window.page, 'Failed');
    await window.page.getByRole('alert').getByText(/openai/).waitFor();
    assertQuiet(window);
  });

  it('fills the timeline as it happens, and misses and doubles nothing over a reload and in a second window', async () => {
    const { opened, open } = gate();
    world.openai.reply(makesDeck);
    world.openai.replyBy(async () => {
      await opened;
      return { text: ['All ', 'is ', '**done**.'] };
    });
    await start('Two slides about the quarter');
    const { page } = window;
    await steps(page).nth(1).getByText('quarter-one.pptx').waitFor();
    await steps(page).nth(2).getByText('Thinking…').waitFor();
    await page.getByText('I will make two slides.').waitFor();

    await page.reload();
    await steps(page).nth(2).getByText('Thinking…').waitFor();
    assert.equal(await steps(page).count(), 3);
    const second = await openWindow(world.browser, world.address, window);
    await second.page.goto(page.url());
    await steps(second.page).nth(2).waitFor();

    open();
    for (const watching of [page, second.page]) {
      await ended(watching, 'Completed');
      await watching.locator('strong', { hasText: 'done' }).waitFor();
      assert.deepEqual(await steps(watching).evaluateAll((items) => items.map((item) => item.getAttribute('data-step'))), ['1', '2', '3']);
    }
    assertQuiet(window);
    assertQuiet(second);
  });

  it('downloads the presentation', async () => {
    world.openai.reply(makesDeck, { text: 'Made.' });
    await start('The slides once more');
    await ended(window.page, 'Completed');
    const [download] = await Promise.all([
      window.page.waitForEvent('download'),
      window.page.locator('aside').getByRole('button', { name: /^Download quarter-one/ }).click(),
    ]);
    assert.match(download.suggestedFilename(), /^quarter-one.*\.pptx$/);
    const bytes = readFileSync(await download.path());
    assert.equal(bytes.subarray(0, 2).toString(), 'PK');
    assert.ok(bytes.length > 10_000);
    assertQuiet(window);
  });

  it('says that the agent begins while a run has no step yet', async () => {
    world.openai.reply({ text: 'Soon done.' });
    await start('Begin slowly');
    await ended(window.page, 'Completed');
    await window.page.route('**/graphql', async (route) => {
      const response = await route.fetch();
      const answer = await response.json();
      if (answer.data?.run?.steps) Object.assign(answer.data.run, { status: 'running', completedAt: null, output: null, steps: [] });
      await route.fulfill({ response, json: answer });
    });
    await window.page.reload();
    await window.page.getByText('The agent begins…').waitFor();
  });

  it('shows text while it is being written, and cancels', async () => {
    world.openai.reply({ text: ['It began ', 'like this', ' and never ends'], trouble: { kind: 'stall', after: 2 } });
    await start('Write without end');
    await steps(window.page).first().getByText('It began like this').waitFor();
    await window.page.getByRole('button', { name: 'Cancel run' }).click();
    await ended(window.page, 'Cancelled');
    await window.page.getByRole('button', { name: 'Run again', exact: true }).waitFor();
    assert.equal(await window.page.getByRole('button', { name: 'Cancel run' }).count(), 0);
    assertQuiet(window);
  });

  it('runs nothing and fetches nothing that a model wrote', async () => {
    const payload = [
      '<img src=x onerror="window.broken=1">', '<script>window.broken=1</script>', '[click](javascript:window.broken=1)',
      '![pixel](http://198.51.100.7/pixel.png)', '<iframe src="http://198.51.100.7/"></iframe>', '<svg onload="window.broken=1">',
      '[data](data:text/html,<script>window.broken=1</script>)', '<style>body{display:none}</style>', 'The end.',
    ].join('\n\n');
    world.openai.reply({ text: payload });
    await start('Break the page');
    await ended(window.page, 'Completed');
    const result = window.page.locator('.prose').first();
    await result.getByText('The end.').waitFor();
    assert.equal(await window.page.evaluate('window.broken'), undefined);
    assert.equal(await result.locator('img, script, iframe, svg, style').count(), 0);
    const addresses = await result.locator('a[href]').evaluateAll((links) => links.map((link) => link.getAttribute('href')!));
    assert.deepEqual(addresses.filter((address) => !/^https?:/.test(address)), []);
    assertQuiet(window);
  });

  it('shows the passages that an answer names, and what a call was about', async () => {
    const fact = 'Colleagues may work from home up to three days a week.';
    world.openai.reply({ toolCalls: [{ name: 'remember', arguments: { title: 'Handbook', text: fact } }] });
    // A note is found as soon as it has been read, which is done aside.
    world.openai.replyBy(async ({ messages }) => (messages.at(-1).content.includes(fact)
      ? { text: 'Three days a week, says the Handbook.' }
      : { toolCalls: [{ name: 'search_memory', arguments: { query: 'How many days may I work from home?' } }] }));
    await start('How often may I stay at home?');
    await ended(window.page, 'Completed');
    await steps(window.page).getByText('How many days may I work from home?').first().waitFor();
    await window.page.getByRole('heading', { name: 'Sources' }).waitFor();
    await window.page.locator('.result').getByText(fact).first().waitFor();
    assertQuiet(window);
  });

  it('keeps a run of 300 steps whole and light: no step is read twice, none with all it was given', async () => {
    let asked = 0;
    world.openai.replyBy(async () => (++asked < 150 ? { text: `Round ${asked}`, toolCalls: [{ name: 'calculate', arguments: { expression: `${asked} + 1` } }] } : { text: 'All counted.' }));
    let read = 0;
    window.page.on('response', (answer) => void (answer.url().endsWith('/graphql') && answer.text().then((text) => (read += text.length), () => undefined)));
    await start('Count in many rounds');
    await window.page.getByText('All counted.').first().waitFor({ timeout: 400_000 });
    assert.deepEqual(await steps(window.page).evaluateAll((items) => items.map((item) => Number(item.getAttribute('data-step')))), Array.from({ length: 299 }, (_step, index) => index + 1));
    assert.ok(read < 1_000_000, `${read} characters were read`);
    await steps(window.page).nth(296).getByRole('button').click();
    await steps(window.page).nth(296).getByText('148 + 1').first().waitFor();
    assertQuiet(window);
  }).timeout(450_000);

  it('says that the connection is lost, and catches up when the server is back', async () => {
    const { opened, open } = gate();
    world.openai.replyBy(async () => {
      await opened;
      return { text: 'Back again.' };
    });
    await start('Survive a restart');
    await steps(window.page).first().getByText('Thinking…').waitFor();
    const startAgain = await world.stop();
    await window.page.getByText(/Connection lost/).waitFor();
    await startAgain();
    open();
    await ended(window.page, 'Completed');
    await window.page.getByText('Back again.').first().waitFor();
    assert.equal(await window.page.getByText(/Connection lost/).count(), 0);
    assert.deepEqual(window.strangers, []);
  });

  it('starts a run again, and keeps filters in the address', async () => {
    world.openai.reply({ text: 'Once.' }, { text: 'Twice.' });
    await start('Do this twice');
    await ended(window.page, 'Completed');
    await window.page.getByRole('button', { name: 'Run again', exact: true }).click();
    await window.page.getByText('Twice.').first().waitFor();
    await window.page.getByRole('link', { name: 'Runs', exact: true }).click();
    await window.page.getByLabel('Status').selectOption('cancelled');
    await window.page.waitForURL(/\/runs\?status=cancelled$/);
    await window.page.getByText('1 run', { exact: true }).waitFor();
    await window.page.reload();
    assert.equal(await window.page.getByLabel('Status').inputValue(), 'cancelled');
    await window.page.getByText('Write without end').waitFor();
    assertQuiet(window);
  });
});
