import assert from 'node:assert/strict';
import { assertQuiet, openWindow, signIn, type Window } from './browser.js';
import { useClientServer } from './clientServer.js';
import { emailOf, makePersona, restOf, type Rest } from './rest.js';

describe('the client: two people edit one persona', function () {
  this.timeout(60_000);
  const world = useClientServer();
  let window: Window;
  let owner: Rest;
  let editor: Rest;
  let personaId: string;
  let made = 0;

  beforeEach('open the form, and have somebody else be quicker', async () => {
    [owner, editor] = [await restOf(world.address), await restOf(world.address, 'admin')];
    personaId = await makePersona(owner, `Novel ${++made}`);
    await owner('POST', `/personas/${personaId}/members`, { userEmail: emailOf('admin'), role: 'editor' });
    window = await openWindow(world.browser, world.address);
    await signIn(window);
    await window.page.goto(`/personas/${personaId}/instructions`);
    await window.page.getByLabel('System prompt').fill('You write.\nYou are brief.');
    await editor('PUT', `/personas/${personaId}`, { systemPrompt: 'You write.\nYou are polite.', description: 'Theirs' });
    await window.page.getByRole('button', { name: 'Save' }).click();
    await window.page.getByRole('heading', { name: 'Demo Admin has changed this while you were editing' }).waitFor();
  });
  afterEach(() => window.context.close());

  it('overwrites nothing, loses nothing that is typed, and shows what differs', async () => {
    const { page } = window;
    assert.equal((await owner('GET', `/personas/${personaId}`)).systemPrompt, 'You write.\nYou are polite.');
    assert.equal(await page.getByLabel('System prompt').inputValue(), 'You write.\nYou are brief.');
    const note = page.getByRole('alert');
    assert.deepEqual(await note.locator('figure .new').allTextContents(), ['You are brief.', 'You are polite.']);
    await note.getByText('Description', { exact: true }).waitFor();
    assertQuiet(window);
  });

  it('keeps mine, and of theirs what I had not touched', async () => {
    await window.page.getByRole('button', { name: 'Keep mine and save' }).click();
    await window.page.getByText('Changes saved').first().waitFor();
    const { systemPrompt, description } = await owner('GET', `/personas/${personaId}`);
    assert.deepEqual([systemPrompt, description], ['You write.\nYou are brief.', 'Theirs']);
    await window.page.getByLabel('Name').fill('Once more');
    await window.page.getByRole('button', { name: 'Save' }).click();
    await window.page.getByRole('heading', { name: 'Once more' }).waitFor();
    assertQuiet(window);
  });

  it('takes theirs, from which one can go on', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'Take theirs' }).click();
    assert.equal(await page.getByLabel('System prompt').inputValue(), 'You write.\nYou are polite.');
    await page.getByLabel('Name').fill('Ours');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Ours' }).waitFor();
    assertQuiet(window);
  });
});

describe('the client: two people edit one agent', function () {
  this.timeout(60_000);
  const world = useClientServer();

  it('overwrites nothing, and keeps mine with what only they changed', async () => {
    const [owner, editor] = [await restOf(world.address), await restOf(world.address, 'admin')];
    const personaId = await makePersona(owner, 'Newsroom');
    const { id } = await owner('POST', `/personas/${personaId}/agents`, { name: 'Writer' });
    await owner('POST', `/personas/${personaId}/members`, { userEmail: emailOf('admin'), role: 'editor' });
    const saved = async () => (await owner('GET', `/personas/${personaId}/agents`)).data[0];
    const window = await openWindow(world.browser, world.address);
    const { page } = window;
    await signIn(window);
    await page.goto(`/personas/${personaId}`);
    await page.getByRole('button', { name: 'More about Writer' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Reporter');
    await editor('PUT', `/agents/${id}`, { name: 'Author', description: 'Theirs' });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('heading', { name: 'Demo Admin has changed this while you were editing' }).waitFor();
    assert.equal((await saved()).name, 'Author');
    assert.deepEqual(await page.locator('figure .new').allTextContents(), ['Reporter', 'Author']);
    await page.getByRole('button', { name: 'Keep mine and save' }).click();
    await page.getByText('Agent saved').first().waitFor();
    const { name, description } = await saved();
    assert.deepEqual([name, description], ['Reporter', 'Theirs']);
    assertQuiet(window);
    await window.context.close();
  });
});
