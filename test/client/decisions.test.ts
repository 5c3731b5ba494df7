import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { assertQuiet, openWindow, signIn, useProvider, type Window } from './browser.js';
import { useClientServer } from './clientServer.js';
import { emailOf, restOf, type Rest } from './rest.js';

const writes = { text: 'I write it down.', toolCalls: [{ name: 'write_file', arguments: { path: 'move.md', content: 'The office moves in May.' } }] };

describe('the client: decisions', function () {
  this.timeout(120_000);
  const world = useClientServer({ ALLOW_PRIVATE_HOSTS: 'true' });
  let window: Window;
  /** Takes requests and never answers. */
  let silent: Server;

  before('make the persona ask the stand-in', async () => {
    window = await openWindow(world.browser, world.address);
    await signIn(window);
    await useProvider(window, 'openai');
    await window.page.getByRole('link', { name: 'Tools', exact: true }).click();
    const allow = window.page.getByRole('switch', { name: 'Allow HTTP request' });
    await allow.click();
    await window.page.waitForFunction((element) => element!.getAttribute('data-state') === 'checked', await allow.elementHandle());
    silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
  });
  after(async () => {
    await window?.context.close();
    silent?.closeAllConnections();
    silent?.close();
  });

  async function start(request: string): Promise<void> {
    await window.page.goto('/');
    await window.page.getByLabel('Your request').fill(request);
    await window.page.keyboard.press('Enter');
    await window.page.getByRole('heading', { name: request }).waitFor();
  }
  const press = (name: string) => window.page.getByRole('button', { name, exact: true }).click();
  /** The demo accounts' persona, and the documented address of its tool that writes files. */
  async function writeFileOf(rest: Rest): Promise<{ persona: string; tool: string }> {
    const { data: [{ id }] } = await rest('GET', '/personas');
    const { data } = await rest('GET', `/personas/${id}/tools`);
    const { toolId } = data.find(({ toolName }: { toolName: string }) => toolName === 'write_file');
    return { persona: `/personas/${id}`, tool: `/personas/${id}/tools/${toolId}` };
  }

  const ended = (status: string) => window.page.locator('main header').getByText(status, { exact: true }).waitFor();
  const files = () => window.page.locator('aside').getByRole('link', { name: 'move.md' });

  it('cannot be told to ask by anything but yes or no, nor by someone who only looks on', async () => {
    const [rest, admin] = [await restOf(world.address), await restOf(world.address, 'admin')];
    const { persona, tool } = await writeFileOf(rest);
    await assert.rejects(rest('PUT', tool, { config: { needsApproval: 'sometimes' } }), /VALIDATION_ERROR.*config\.needsApproval/);
    await rest('POST', `${persona}/members`, { userEmail: emailOf('admin'), role: 'viewer' });
    await assert.rejects(admin('PUT', tool, { config: { needsApproval: true } }), /FORBIDDEN/);
  });

  it('is switched on in the settings of a tool', async () => {
    const { page } = window;
    await page.goto(`${(await writeFileOf(await restOf(world.address))).persona}/tools`);
    const tool = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: /^Write file/ }) });
    await tool.getByRole('button', { name: /^Write file/ }).click();
    await tool.getByRole('switch', { name: 'Asks first' }).click();
    await tool.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Settings of Write file saved').first().waitFor();
    await tool.getByRole('button', { name: /^Write file Asks first/ }).waitFor();
    assertQuiet(window);
  });

  it('shows the call that needs a yes, and does not make it after a no', async () => {
    world.openai.reply(writes, { text: 'Then not.' });
    await start('Announce the move, or not');
    await window.page.getByRole('status').getByText('The office moves in May.').waitFor();
    await press('Do not allow');
    await ended('Completed');
    assert.equal(await files().count(), 0);
    await window.page.getByText('Then not.').first().waitFor();
    assertQuiet(window);
  });

  it('makes the call after a yes, also when the server was started again in between', async () => {
    world.openai.reply(writes, { text: 'Announced.' });
    await start('Announce the move');
    await window.page.getByRole('button', { name: 'Allow it', exact: true }).waitFor();
    const startAgain = await world.stop('SIGKILL');
    await startAgain();
    await window.page.reload();
    await window.page.getByRole('button', { name: 'Allow it', exact: true }).waitFor();
    window.complaints.length = 0; // of the server that was away
    await press('Allow it');
    await ended('Completed');
    await files().waitFor();
    assertQuiet(window);
  });

  it('puts what waits on top of the home page, one press from its decision', async () => {
    world.openai.reply(writes, { text: 'Announced again.' });
    await start('Announce it again');
    await window.page.getByText('Needs you').first().waitFor();
    await window.page.getByRole('link', { name: 'Home' }).click();
    const waiting = window.page.getByRole('status').filter({ hasText: 'Announce it again' });
    await waiting.getByText('The office moves in May.').waitFor();
    await waiting.getByRole('button', { name: 'Allow it' }).click();
    await waiting.waitFor({ state: 'detached' });
    await window.page.getByRole('listitem').filter({ hasText: 'Announce it again' }).getByText('Completed').waitFor();
    assertQuiet(window);
  });

  describe('about a call that was cut off', () => {
    /** Kills the server in the middle of a call that may take effect, and starts it again. */
    async function cutOff(request: string): Promise<void> {
      const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/pay`;
      world.openai.reply({ toolCalls: [{ name: 'http_request', arguments: { url, method: 'POST' } }] }, { text: 'Well then.' });
      const asked = once(silent, 'request');
      await start(request);
      await asked;
      const startAgain = await world.stop('SIGKILL');
      await startAgain();
      await window.page.getByText('Did this step take effect?').waitFor({ timeout: 60_000 });
    }

    it('asks, and goes on without it', async () => {
      await cutOff('Pay the bill');
      for (const name of ['Do it again', 'Go on without it', 'Stop the run']) await window.page.getByRole('button', { name, exact: true }).waitFor();
      await press('Go on without it');
      await ended('Completed');
    });
    it('asks, and makes it again', async () => {
      await cutOff('Pay the rent');
      const asked = once(silent, 'request');
      await press('Do it again');
      const [, answer] = await asked;
      answer.end('paid');
      await ended('Completed');
    });
    it('asks, and stops', async () => {
      await cutOff('Pay the tax');
      await press('Stop the run');
      await ended('Failed');
      await window.page.getByRole('alert').getByText(/whether 'http_request' took effect is unknown/).waitFor();
    });
  });
});
