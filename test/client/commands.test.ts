import assert from 'node:assert/strict';
import { eventually } from '../support/eventually.js';
import { assertQuiet, openWindow, signIn, type Window } from './browser.js';
import { useClientServer } from './clientServer.js';

describe('the client: command palette and shortcuts', function () {
  this.timeout(60_000);
  const world = useClientServer();
  let window: Window;
  beforeEach(async () => {
    window = await openWindow(world.browser, world.address);
    await signIn(window);
  });
  afterEach(async () => {
    await window.context.close();
  });

  const focused = () => window.page.evaluate(() => document.activeElement?.tagName ?? '');
  const leaveFields = () => window.page.evaluate(() => (document.activeElement as HTMLElement).blur());
  async function command(typed: string, option: string | RegExp) {
    const { page } = window;
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /^Search pages|^Seiten/ }).and(page.locator(':focus')).waitFor();
    await page.keyboard.type(typed);
    const found = page.getByRole('option', { name: option });
    await found.and(page.locator('[data-highlighted]')).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }

  it('says when nothing fits what was typed', async () => {
    await window.page.keyboard.press('Control+k');
    await window.page.getByRole('combobox', { name: /^Search pages/ }).and(window.page.locator(':focus')).waitFor();
    await window.page.keyboard.type('no such thing anywhere');
    await window.page.getByText('Nothing fits. Try another word.').waitFor();
    await window.page.keyboard.press('Enter');
    assert.equal(new URL(window.page.url()).pathname, '/');
    assertQuiet(window);
  });

  it('offers a stranger nothing before they have signed in', async () => {
    const stranger = await openWindow(world.browser, world.address);
    await stranger.page.goto('/sign-in');
    await stranger.page.getByRole('heading', { name: 'Sign in' }).click();
    await stranger.page.keyboard.press('Control+k');
    await stranger.page.keyboard.press('?');
    assert.equal(await stranger.page.getByRole('dialog').count(), 0);
    await stranger.context.close();
  });

  it('takes no key from a field that is typed in', async () => {
    await window.page.getByLabel('Your request').click();
    await window.page.keyboard.type('gr?/c');
    assert.equal(await window.page.getByLabel('Your request').inputValue(), 'gr?/c');
    assert.equal(new URL(window.page.url()).pathname, '/');
    assertQuiet(window);
  });

  it('opens the palette, closes it on Escape and gives the focus back', async () => {
    await window.page.getByLabel('Your request').focus();
    await window.page.keyboard.press('Control+k');
    await window.page.getByRole('combobox', { name: /^Search pages/ }).waitFor();
    await window.page.keyboard.press('Escape');
    await window.page.getByRole('dialog').waitFor({ state: 'detached' });
    await eventually(async () => await focused() === 'TEXTAREA');
    assertQuiet(window);
  });

  it('goes to pages, personas and runs, and gives an agent a request', async () => {
    const { page } = window;
    await page.getByLabel('Your request').fill('Create a PowerPoint about lighthouses');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Result', exact: true }).waitFor();
    const run = page.url();
    await command('personas', 'Personas');
    await page.waitForURL('**/personas');
    await command('lighthouses', /^Create a PowerPoint about lighthouses/);
    await page.waitForURL(run);
    await command('office demo', /^Office Assistant/);
    await page.waitForURL('**/personas/*');
    await command('report', /^Report Agent/);
    await page.waitForURL('**/?agent=*');
    await page.getByRole('button', { name: /Report Agent/ }).waitFor();
    await eventually(async () => await focused() === 'TEXTAREA');
    await command('data agent', /^Data Agent/);
    await page.getByRole('button', { name: /Data Agent/ }).waitFor();
    assertQuiet(window);
  });

  it('changes theme and language, and signs out', async () => {
    await command('dark', /^Dark/);
    await eventually(async () => (await window.page.evaluate(() => document.documentElement.dataset.theme)) === 'dark');
    await command('deutsch', /^Deutsch/);
    await window.page.getByRole('heading', { name: 'Was soll getan werden, Demo?' }).waitFor();
    await command('english', /^English/);
    await window.page.getByRole('heading', { name: 'What should be done, Demo?' }).waitFor();
    await command('sign out', 'Sign out');
    await window.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    assertQuiet(window);
  });

  it('lists the shortcuts on ?, and each does what the list says', async () => {
    const { page } = window;
    await leaveFields();
    await page.keyboard.press('?');
    const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    for (const text of ['Home', 'Runs', 'Personas', 'New run', 'Search on this page']) await list.getByText(text, { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
    await leaveFields();
    for (const [key, path] of [['r', '/runs'], ['p', '/personas']] as const) {
      await page.keyboard.press('g');
      await page.keyboard.press(key);
      await page.waitForURL(`**${path}`);
    }
    await page.getByRole('textbox', { name: 'Search by name' }).waitFor();
    await page.keyboard.press('/');
    await eventually(async () => await focused() === 'INPUT');
    assert.equal(await page.getByRole('textbox', { name: 'Search by name' }).inputValue(), '');
    await leaveFields();
    await page.keyboard.press('c');
    await page.waitForURL('**/');
    await eventually(async () => await focused() === 'TEXTAREA');
    assert.equal(await page.getByLabel('Your request').inputValue(), '');
    assertQuiet(window);
  });
});
