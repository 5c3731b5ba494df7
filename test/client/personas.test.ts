import assert from 'node:assert/strict';
import { assertQuiet, openWindow, signIn, type Window } from './browser.js';
import { useClientServer } from './clientServer.js';

describe('the client: personas, agents and tools', function () {
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

  it("shows the server's sentences beside the fields", async () => {
    await window.page.goto('/personas/create');
    await window.page.getByRole('button', { name: 'Create persona' }).click();
    await window.page.getByText('Name is required').waitFor();
    await window.page.getByText('System prompt is required').waitFor();
    assert.equal(await window.page.getByLabel('Name').getAttribute('aria-invalid'), 'true');
  });

  it('offers a stranger nothing of what is not theirs', async () => {
    await window.page.goto('/personas');
    const path = await window.page.getByRole('link', { name: /Office Assistant/ }).getAttribute('href');
    const stranger = await openWindow(world.browser, world.address);
    await signIn(stranger, 'Demo admin');
    await stranger.page.getByText('There is no agent to work for you yet').waitFor();
    await stranger.page.goto(path!);
    await stranger.page.getByRole('heading', { name: 'This is not shared with you' }).waitFor();
    await stranger.context.close();
  });

  it('creates a persona with tools and an agent, changes both, and deletes them', async () => {
    const { page } = window;
    await page.goto('/personas/create');
    await page.getByLabel('Name').fill('Librarian');
    await page.getByLabel('System prompt').fill('You keep lists.');
    await page.getByLabel('Provider', { exact: true }).selectOption('local');
    await page.getByLabel('Fallbacks').selectOption('openai');
    await page.getByRole('switch', { name: 'Allow Files' }).click();
    await page.getByRole('button', { name: 'Create persona' }).click();
    await page.getByRole('heading', { name: 'Librarian' }).waitFor();

    await page.getByRole('button', { name: 'New agent' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Archivist');
    await page.getByRole('button', { name: 'Create agent' }).click();
    await page.getByRole('listitem').filter({ hasText: 'Archivist' }).waitFor();
    await page.getByRole('switch', { name: 'Archivist takes runs' }).click();
    await page.getByText('Off', { exact: true }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'Start a run' }).count(), 0);

    await page.getByRole('link', { name: 'Tools' }).click();
    assert.equal(await page.getByRole('switch', { name: 'Allow Read file' }).isChecked(), true);
    assert.equal(await page.getByRole('switch', { name: 'Allow Generate PDF' }).isChecked(), false);

    await page.getByRole('link', { name: 'Instructions' }).click();
    await page.getByLabel('Name').fill('Head librarian');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Head librarian' }).waitFor();
    await page.getByRole('button', { name: 'Delete persona' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete persona' }).click();
    await page.getByRole('heading', { name: 'Personas' }).waitFor();
    await page.getByRole('link', { name: /Office Assistant/ }).waitFor();
    assert.equal(await page.getByText('Head librarian').count(), 0);
    assertQuiet(window);
  });

  it('finds a tool by meaning and keeps what is switched', async () => {
    const { page } = window;
    await page.goto('/personas');
    await page.getByRole('link', { name: /Office Assistant/ }).click();
    await page.getByRole('link', { name: 'Tools' }).click();
    await page.getByRole('textbox', { name: /^Find by what it does/ }).fill('slides for a talk');
    await page.getByRole('heading', { name: 'Best matches first' }).waitFor();
    const first = page.locator('main section li').first();
    await first.getByText('Generate PowerPoint').waitFor();
    const answered = page.waitForResponse((response) => response.url().endsWith('/graphql') && response.request().postData()!.includes('UpdatePersonaTool'));
    await first.getByRole('switch').click();
    await answered;
    await page.reload();
    await page.getByText('Generate PowerPoint').waitFor();
    assert.equal(await page.getByRole('switch', { name: 'Allow Generate PowerPoint' }).isChecked(), false);
    assertQuiet(window);
  });

  it('searches personas by name, in the address', async () => {
    await window.page.goto('/personas');
    await window.page.getByRole('textbox', { name: 'Search by name' }).fill('nobody');
    await window.page.getByRole('heading', { name: 'No persona has this in its name' }).waitFor();
    assert.match(window.page.url(), /search=nobody$/);
    await window.page.getByRole('button', { name: 'Clear' }).first().click();
    await window.page.getByRole('link', { name: /Office Assistant/ }).waitFor();
    assertQuiet(window);
  });
});
