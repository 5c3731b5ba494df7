import assert from 'node:assert/strict';
import { assertQuiet, openWindow, signIn, type Window } from './browser.js';
import { useClientServer } from './clientServer.js';
import { emailOf, makePersona, restOf } from './rest.js';

describe('the client: members and activity', function () {
  this.timeout(60_000);
  const world = useClientServer();
  let window: Window;
  let personaId: string;
  let made = 0;

  beforeEach(async () => {
    personaId = await makePersona(await restOf(world.address), `Shared ${++made}`);
    window = await openWindow(world.browser, world.address);
    await signIn(window);
    await window.page.goto(`/personas/${personaId}/members`);
    await window.page.getByText('Shared with nobody yet').waitFor();
  });
  afterEach(() => window.context.close());

  async function share(email: string, role: 'Viewer' | 'Editor'): Promise<void> {
    await window.page.getByLabel('Email').fill(email);
    await window.page.getByLabel('Role', { exact: true }).selectOption(role);
    await window.page.getByRole('button', { name: 'Share' }).click();
  }

  it('says at the address who cannot be given access', async () => {
    await share('nobody', 'Viewer');
    await window.page.getByText('User email must be a valid email').waitFor();
    await share('nobody@example.com', 'Viewer');
    await window.page.getByText('No user has this email').waitFor();
    await share(emailOf('demo'), 'Viewer');
    await window.page.getByText('owns the persona').waitFor();
    assertQuiet(window);
  });

  it('shares, changes the role, and ends it after a question', async () => {
    const { page } = window;
    await share(emailOf('admin'), 'Viewer');
    await page.locator('main').getByRole('listitem').filter({ hasText: 'Demo Admin' }).waitFor();

    const other = await openWindow(world.browser, world.address);
    await other.page.goto('/sign-in');
    await other.page.getByRole('button', { name: 'Demo admin' }).click();
    await other.page.waitForURL('/');
    await other.page.goto(`/personas/${personaId}/members`);
    await other.page.getByRole('listitem').filter({ hasText: 'Demo Admin (you)' }).getByText('Viewer').waitFor();
    assert.equal(await other.page.getByRole('button', { name: /Share|Remove/ }).count(), 0);
    await other.page.getByRole('link', { name: 'Instructions' }).click();
    await other.page.getByText('You help.').waitFor();
    assert.equal(await other.page.getByRole('button', { name: 'Save' }).count(), 0);

    await page.getByLabel('Role of Demo Admin').selectOption('Editor');
    await page.getByText('Demo Admin is now Editor').first().waitFor();
    await other.page.reload();
    await other.page.getByRole('button', { name: 'Save' }).waitFor();

    await page.getByRole('button', { name: 'Remove Demo Admin' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Shared with nobody yet').waitFor();
    await other.page.reload();
    await other.page.getByRole('heading', { name: 'This is not shared with you' }).waitFor();
    assertQuiet(window);
    await other.context.close();
  });

  it('lists what happened, with the run it belongs to, by kind and a page at a time', async () => {
    const rest = await restOf(world.address);
    const agent = await rest('POST', `/personas/${personaId}/agents`, { name: 'Worker' });
    const run = await rest('POST', '/runs', { agentId: agent.id, input: 'What is 2 + 3?' });
    for (let index = 0; index < 32; index++) await rest('PUT', `/agents/${agent.id}`, { description: `Version ${index}` });
    const { page } = window;
    await page.getByRole('link', { name: 'Activity' }).click();
    await page.getByRole('heading', { name: 'Today' }).waitFor();
    await page.getByRole('button', { name: 'Load more' }).click();
    await page.locator('[data-event=persona_created]').waitFor();
    await page.locator('[data-event=run_created]').getByRole('link', { name: 'See the run' }).waitFor();
    assert.equal(await page.locator('[data-event=agent_updated]').count(), 32);
    assert.equal(await page.locator('[data-event=run_created] a').getAttribute('href'), `/runs/${run.id}`);
    await page.getByLabel('Kind of event').selectOption('Access');
    await page.getByRole('heading', { name: 'Nothing of this kind has happened' }).waitFor();
    assert.match(page.url(), /kind=access$/);
    assertQuiet(window);
  });
});
