import assert from 'node:assert/strict';
import { assertQuiet, openWindow, signIn, type Window } from './browser.js';
import { useClientServer } from './clientServer.js';

describe('the client: usage', function () {
  this.timeout(60_000);
  const world = useClientServer();
  let window: Window;
  beforeEach(async () => {
    window = await openWindow(world.browser, world.address);
  });
  afterEach(async () => {
    await window.context.close();
  });
  const tile = (name: string) => window.page.locator('dl > div').filter({ has: window.page.locator('dt', { hasText: name }) }).locator('dd').first();

  it('says that there is none yet, also for odd addresses', async () => {
    await signIn(window, 'Demo admin');
    await window.page.goto('/usage?days=12345&by=nothing');
    await window.page.getByRole('heading', { name: 'Nothing has been used in this period' }).waitFor();
    assert.equal(await window.page.getByLabel('Period').inputValue(), '30');
    assertQuiet(window);
  });

  it('says that a persona of others is not shared', async () => {
    await signIn(window);
    await window.page.goto('/personas');
    const path = await window.page.getByRole('link', { name: /Office Assistant/ }).getAttribute('href');
    const stranger = await openWindow(world.browser, world.address);
    await signIn(stranger, 'Demo admin');
    await stranger.page.goto(`/usage?persona=${path!.split('/').at(-1)}`);
    await stranger.page.getByRole('heading', { name: 'This is not shared with you' }).waitFor();
    await stranger.context.close();
  });

  it('counts runs and tokens over time by persona and provider, for keys and as a table', async () => {
    await signIn(window);
    const { page } = window;
    await page.getByLabel('Your request').fill('Create a PowerPoint about Q1 results');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Result', exact: true }).waitFor();

    await page.getByRole('link', { name: 'Usage' }).click();
    await page.getByRole('heading', { name: 'Runs', exact: true }).waitFor();
    assert.equal(await tile('Runs').innerText(), '1');
    assert.equal(await tile('Completed').innerText(), '100%');
    const runs = page.getByRole('slider', { name: 'Runs' });
    await runs.focus();
    assert.match((await runs.getAttribute('aria-valuetext'))!, /Office Assistant 1, Total 1$/);
    await page.keyboard.press('Home');
    assert.match((await runs.getAttribute('aria-valuetext'))!, /Total 0$/);

    await page.getByLabel('Told apart by').selectOption('provider');
    await page.waitForURL(/by=provider$/);
    await page.getByRole('heading', { name: 'Attempts' }).waitFor();
    await page.getByRole('button', { name: /^local/ }).first().waitFor();
    await page.getByLabel('Period').selectOption('365');
    await page.waitForURL(/days=365/);
    await page.getByRole('button', { name: 'Show as table' }).first().click();
    const table = page.getByRole('region', { name: 'Attempts' });
    await table.getByRole('row', { name: /^Week of/ }).first().waitFor();
    assert.ok(Number(await table.getByRole('row').nth(1).getByRole('cell').first().innerText()) > 0);
    await page.getByRole('button', { name: 'Show as chart' }).click();
    await page.getByRole('button', { name: /^local/ }).first().click();
    await page.getByText('Nothing in this period').first().waitFor();
    assertQuiet(window);
  });
});
