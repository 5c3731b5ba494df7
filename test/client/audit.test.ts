import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { assertQuiet, openWindow, signIn, told, type Window } from './browser.js';
import { useClientServer } from './clientServer.js';

describe('the client: audit log', function () {
  this.timeout(60_000);
  const world = useClientServer();
  let window: Window;
  let run: string;

  before('let something happen', async function () {
    const setUp = await openWindow(world.browser, world.address);
    await signIn(setUp);
    await setUp.page.getByLabel('Your request').fill('Create a PowerPoint about Q1 results');
    await setUp.page.keyboard.press('Enter');
    await setUp.page.getByRole('heading', { name: 'Result', exact: true }).waitFor();
    run = setUp.page.url().split('/').at(-1)!;
    await setUp.context.close();
  });
  beforeEach(async () => {
    window = await openWindow(world.browser, world.address);
    await signIn(window);
  });
  afterEach(async () => {
    await window.context.close();
  });

  const rows = () => window.page.locator('tbody tr.event');
  const counted = (text: string | RegExp) => window.page.getByText(text, { exact: true }).waitFor();

  it('says when the address has a filter that cannot be used, and takes it away', async () => {
    await window.page.goto('/audit?run=nonsense');
    await window.page.getByRole('heading', { name: 'A filter cannot be used' }).waitFor();
    await window.page.getByRole('button', { name: 'Clear filters' }).last().click();
    await rows().first().waitFor();
    assert.match(window.page.url(), /\/audit$/);
  });

  it('shows nobody what is not theirs; an administrator sees all', async () => {
    await window.page.goto('/audit');
    await rows().first().waitFor();
    assert.equal(await rows().filter({ hasText: 'The system started' }).count(), 0);
    const admin = await openWindow(world.browser, world.address);
    await signIn(admin, 'Demo admin');
    await admin.page.goto('/audit?type=system_started');
    await admin.page.locator('tbody tr.event').filter({ hasText: 'The system started' }).waitFor();
    await admin.page.goto('/audit');
    await admin.page.getByRole('button', { name: /^User:/ }).click();
    await admin.page.getByRole('combobox', { name: 'Search users' }).fill('demo@');
    await admin.page.getByRole('option', { name: /Demo User/ }).click();
    await admin.page.waitForURL(/user=[0-9a-f-]{36}$/);
    await admin.page.getByRole('button', { name: 'User: Demo User' }).click();
    await admin.page.getByRole('option', { name: 'All users' }).click();
    await admin.page.waitForURL(/\/audit$/);
    assertQuiet(admin);
    await admin.context.close();
  });

  it('narrows by what is chosen, in the address, and goes back', async () => {
    const { page } = window;
    await page.getByRole('link', { name: 'Audit log' }).click();
    await rows().first().waitFor();
    await page.getByLabel('Category').selectOption('action');
    await page.waitForURL(/category=action$/);
    await page.getByLabel('Type of event').selectOption('tool_call');
    await page.waitForURL(/category=action&type=tool_call$/);
    await rows().filter({ hasText: "Tool 'generate_powerpoint' executed" }).waitFor();
    await rows().filter({ hasNotText: 'Tool call' }).first().waitFor({ state: 'detached' });
    const count = await page.getByText(/^\d+ events?$/).innerText();
    await page.reload();
    await counted(count);
    assert.equal(await page.getByLabel('Type of event').inputValue(), 'tool_call');

    await page.getByRole('button', { name: /^Details of Tool 'generate_powerpoint'/ }).click();
    const details = page.locator('tr.details');
    await details.getByText('generate_powerpoint').waitFor();
    await details.getByRole('button', { name: 'Show as JSON' }).click();
    await details.getByText('"toolName": "generate_powerpoint"').waitFor();
    await details.getByRole('button', { name: 'Only this run' }).click();
    await page.waitForURL(new RegExp(`run=${run}`));
    await page.goBack();
    assert.doesNotMatch(page.url(), /run=/);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.waitForURL(/\/audit$/);

    await page.getByRole('textbox', { name: 'Run ID' }).fill(run);
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`run=${run}$`));
    await rows().filter({ hasText: 'Run completed' }).waitFor();
    await page.getByRole('button', { name: /^Details of Run completed/ }).click();
    await page.getByRole('link', { name: 'Open the run' }).first().click();
    await page.getByRole('heading', { name: 'Create a PowerPoint about Q1 results' }).waitFor();
    assertQuiet(window);
  });

  it('counts them over time, for keys and as a table, and narrows to the day that is picked', async () => {
    const { page } = window;
    await page.goto('/audit?category=action');
    const chart = page.getByRole('slider', { name: 'Events in the last 30 days' });
    await page.locator('rect.bar').first().waitFor();
    const total = Number((await page.getByText(/^\d+ events$/).innerText()).split(' ')[0]);
    await chart.focus();
    await page.keyboard.press('End');
    assert.match((await chart.getAttribute('aria-valuetext'))!, new RegExp(`Actions ${total}, Total ${total}$`));
    await page.keyboard.press('ArrowLeft');
    assert.match((await chart.getAttribute('aria-valuetext'))!, /Total 0$/);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.waitForURL(/category=action&from=\d{4}-\d{2}-\d{2}&to=\d{4}-\d{2}-\d{2}$/);
    await counted(`${total} events`);
    await page.goBack();
    await page.getByRole('button', { name: 'Show as table' }).click();
    await page.getByRole('group', { name: 'Events in the last 30 days' }).getByRole('row').nth(30).waitFor();
    assertQuiet(window);
  });

  it('exports exactly what is filtered', async () => {
    const { page } = window;
    await page.addInitScript('delete window.showSaveFilePicker');
    await page.goto(`/audit?run=${run}&category=action`);
    await rows().first().waitFor();
    const shown = await rows().count();
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: /^CSV/ }).click()]);
    assert.equal(download.suggestedFilename(), 'audit.csv');
    const lines = readFileSync(await download.path(), 'utf8').trim().split('\r\n');
    assert.match(lines[0]!, /^id,userId/);
    assert.equal(lines.length, shown + 1);
    assert.ok(lines.slice(1).every((line) => line.includes(run) && line.includes(',action,')));
    assertQuiet(window);
  });

  it('writes the export to the disk as it arrives, where the browser can', async () => {
    const { page } = window;
    // The browser's own storage stands for the file that a person would choose.
    await page.addInitScript(`window.showSaveFilePicker = async ({ suggestedName }) =>
      (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true });`);
    await page.goto(`/audit?run=${run}`);
    await rows().first().waitFor();
    const shown = await rows().count();
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: /^NDJSON/ }).click();
    await told(window, 'audit.ndjson saved');
    const text = await page.evaluate(async () => {
      const file = await (await navigator.storage.getDirectory()).getFileHandle('audit.ndjson');
      return (await file.getFile()).text();
    });
    const entries = text.trim().split('\n').map((line) => JSON.parse(line));
    assert.equal(entries.length, shown);
    assert.ok(entries.every(({ runId }) => runId === run));
    assertQuiet(window);
  });

  it('says when an export fails', async () => {
    const { page } = window;
    await page.goto('/audit');
    await rows().first().waitFor();
    await page.addInitScript('delete window.showSaveFilePicker');
    await page.reload();
    await rows().first().waitFor();
    await page.route('**/api/audit/export?*', (route) => route.fulfill({ status: 503, body: '{}' }));
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: /^CSV/ }).click();
    await told(window, 'The export broke off; nothing complete was saved');
  });

  it('is readable on a phone, with the filters behind a button', async () => {
    const { page } = window;
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('/audit');
    await rows().first().waitFor();
    assert.equal(await page.getByLabel('Category').isVisible(), false);
    await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByLabel('Category').selectOption('access');
    await page.getByRole('button', { name: '1 filter' }).waitFor();
    assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'));
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'API' }).click();
    await page.getByRole('heading', { name: 'API', exact: true }).waitFor();
    assertQuiet(window);
  });
});
