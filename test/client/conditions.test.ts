import assert from 'node:assert/strict';
import type { Page, Route } from 'playwright-core';
import { assertQuiet, openWindow, signIn, type Window } from './browser.js';
import { useClientServer } from './clientServer.js';

describe('the client: bad conditions', function () {
  this.timeout(90_000);
  const world = useClientServer();
  let window: Window;
  let page: Page;
  beforeEach(async () => {
    window = await openWindow(world.browser, world.address);
    page = window.page;
    await signIn(window);
  });
  afterEach(async () => {
    await window.context.close();
  });

  const operationOf = (route: Route) => (route.request().postDataJSON() as { operationName?: string } | null)?.operationName;
  /** Answers one operation in the place of the server; the others pass. */
  const answer = (operation: string, reply: (route: Route) => Promise<void>) =>
    page.route('**/graphql', (route) => (operationOf(route) === operation ? reply(route) : route.fallback()));
  const errorOf = (code: string, extensions = {}) => ({ errors: [{ message: 'An English sentence', extensions: { code, ...extensions } }] });

  it('says that the server does not answer when a page is loaded, and goes on when it does', async () => {
    await page.route('**/graphql', (route) => route.abort());
    await page.goto('/personas');
    await page.getByRole('heading', { name: 'This could not be loaded' }).waitFor();
    await page.getByText('The server does not answer.').first().waitFor();
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('link', { name: /Office Assistant/ }).waitFor();
    assert.deepEqual(window.strangers, []);
  });

  it('tells when the server is gone in the middle, keeps the page, and goes on when it is back', async () => {
    await page.getByLabel('Your request').fill('Half a thought');
    const startAgain = await world.stop();
    await page.getByRole('link', { name: 'Personas' }).click();
    await page.getByText(/^The server does not answer/).first().waitFor();
    assert.equal(await page.getByLabel('Your request').inputValue(), 'Half a thought');
    await startAgain();
    await page.getByRole('link', { name: 'Personas' }).click();
    await page.getByRole('link', { name: /Office Assistant/ }).waitFor();
    assert.deepEqual(window.strangers, []);
  });

  it('holds the place of what a slow server has not sent yet', async () => {
    let send = () => {};
    const sent = new Promise<void>((resolve) => (send = resolve));
    await answer('Personas', async (route) => {
      await sent;
      await route.fallback();
    });
    await page.goto('/personas');
    await page.getByRole('status').getByText('Loading…').waitFor();
    assert.equal(await page.getByRole('link', { name: /Office Assistant/ }).count(), 0);
    send();
    await page.getByRole('link', { name: /Office Assistant/ }).waitFor();
    assert.equal(await page.getByText('Loading…').count(), 0);
    assertQuiet(window);
  });

  it('says 403 in words, with a way out', async () => {
    await page.goto('/runs');
    const persona = await page.goto('/personas').then(() => page.getByRole('link', { name: /Office Assistant/ }).getAttribute('href'));
    const stranger = await openWindow(world.browser, world.address);
    await signIn(stranger, 'Demo admin');
    await stranger.page.goto(persona!);
    await stranger.page.getByRole('heading', { name: 'This is not shared with you' }).waitFor();
    await stranger.page.getByRole('link', { name: 'Go to the start page' }).click();
    await stranger.page.getByRole('heading', { name: /What should be done/ }).waitFor();
    assertQuiet(stranger);
    await stranger.context.close();
  });

  it('says 404 in words, of what does not exist and of an unknown address', async () => {
    for (const path of ['/personas/00000000-0000-4000-8000-000000000000', '/runs/not-an-id']) {
      await page.goto(path);
      await page.getByRole('heading', { name: 'This does not exist' }).waitFor();
    }
    await page.goto('/no/such/page');
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
    await page.getByRole('link', { name: 'Go to the start page' }).click();
    await page.getByRole('heading', { name: /What should be done/ }).waitFor();
    assert.deepEqual(window.strangers, []);
  });

  it('says how many seconds to wait after too many runs', async () => {
    await world.restart({ RATE_LIMIT_RUNS: '1' });
    for (const request of ['Create a PowerPoint about one', 'Create a PowerPoint about two']) {
      await page.goto('/');
      await page.getByLabel('Your request').fill(request);
      await page.keyboard.press('Enter');
      if (request.endsWith('one')) await page.waitForURL('**/runs/*');
    }
    await page.getByRole('alert').getByText(/^That was too much at once\. Try again in (60|[1-5]?\d) s\.$/).waitFor();
    assert.equal(await page.getByLabel('Your request').inputValue(), 'Create a PowerPoint about two');
    await world.restart({});
  });

  it('says how many seconds an open run waits after too many requests, asks nothing meanwhile, and goes on', async () => {
    await page.getByLabel('Your request').fill('Create a PowerPoint about pauses');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/runs/*');
    await page.locator('.prose').first().waitFor();
    let asked = 0;
    await answer('Run', (route) => {
      asked += 1;
      return asked === 1 ? route.fulfill({ status: 429, json: errorOf('RATE_LIMIT_EXCEEDED', { details: { retryAfter: 3 } }) }) : route.fallback();
    });
    await page.reload();
    await page.getByRole('status').getByText(/^That was too much at once\. The run goes on; this page catches up in [1-3] s…$/).waitFor();
    await page.getByRole('status').getByText(/catches up in 2 s/).waitFor();
    assert.equal(asked, 1);
    await page.locator('.prose').first().waitFor();
    assert.equal(asked, 2);
    assert.equal(await page.getByText('too much at once').count(), 0);
    assert.deepEqual(window.strangers, []);
  });

  it("puts the server's sentences beside the fields of a dialog", async () => {
    await page.goto('/personas');
    await page.getByRole('link', { name: /Office Assistant/ }).click();
    await page.getByRole('button', { name: 'New agent' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('x'.repeat(300));
    await dialog.getByRole('button', { name: 'Create agent' }).click();
    await dialog.getByText(/^Name must have at most \d+ characters$/).waitFor();
    assert.equal(await dialog.getByLabel('Name').getAttribute('aria-invalid'), 'true');
    const described = await dialog.getByLabel('Name').getAttribute('aria-describedby');
    assert.match(await dialog.locator(described!.split(' ').map((id) => `[id="${id}"]`).join(', ')).first().innerText(), /^Name must have/);
    assertQuiet(window);
  });

  it('says what went wrong on the server, of a list and of a form', async () => {
    await answer('Personas', (route) => route.fulfill({ status: 500, json: errorOf('INTERNAL_ERROR') }));
    await page.goto('/personas');
    await page.getByText(/^Something went wrong on the server/).waitFor();
    await answer('CreatePersona', (route) => route.fulfill({ json: errorOf('INVALID_STATE') }));
    await page.goto('/personas/create');
    await page.getByLabel('Name').fill('Kept');
    await page.getByRole('button', { name: 'Create persona' }).click();
    await page.getByRole('alert').getByText('An English sentence').waitFor();
    assert.equal(await page.getByLabel('Name').inputValue(), 'Kept');
  });

  it('asks to sign in again over a dialog in which something is typed, and loses nothing', async () => {
    await page.goto('/personas');
    await page.getByRole('link', { name: /Office Assistant/ }).click();
    await page.getByRole('button', { name: 'New agent' }).click();
    const form = page.getByRole('dialog', { name: 'New agent' });
    await form.getByLabel('Name').fill('Interrupted Agent');
    const { token } = await page.evaluate(() => JSON.parse(localStorage.getItem('persona-platform.session')!) as { token: string });
    await fetch(`${world.address}/api/auth/logout`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
    await form.getByRole('button', { name: 'Create agent' }).click();
    const again = page.getByRole('dialog', { name: 'Sign in again' });
    await again.getByText('Nothing you typed is lost.', { exact: false }).waitFor();
    await page.keyboard.press('Escape');
    await again.getByRole('button', { name: 'Demo user' }).click();
    await again.waitFor({ state: 'detached' });
    assert.equal(await form.getByLabel('Name').inputValue(), 'Interrupted Agent');
    await form.getByRole('button', { name: 'Create agent' }).click();
    await page.getByRole('listitem').filter({ hasText: 'Interrupted Agent' }).waitFor();
  });

  for (const [width, height] of [[1280, 720], [390, 844]] as const) it(`hides no control behind a toast at ${width} × ${height}`, async () => {
    await page.setViewportSize({ width, height });
    await page.goto('/personas');
    await page.getByRole('link', { name: /Office Assistant/ }).click();
    await page.getByRole('link', { name: 'Instructions' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    const toast = page.locator('.toast').first();
    await toast.waitFor();
    const hidden = await page.evaluate(() => {
      const boxes = [...document.querySelectorAll('.toast')].map((node) => node.getBoundingClientRect());
      const controls = [...document.querySelectorAll<HTMLElement>('a, button, input, select, textarea')]
        // The name of the platform at the top of a phone leads where the first place below does.
        .filter((node) => !node.closest('.toasts, .skip, .brand') && node.offsetParent);
      // What lies behind the bar at the top of a phone is hidden by that one.
      const isSeenAt = (node: Element, x: number, y: number) => node.contains(document.elementsFromPoint(x, y).find((found) => !found.closest('.toasts'))!);
      return controls.filter((node) => {
        const { left, right, top, bottom } = node.getBoundingClientRect();
        return boxes.some((box) => {
          const [from, to, above, below] = [Math.max(left, box.left), Math.min(right, box.right), Math.max(top, box.top), Math.min(bottom, box.bottom)];
          return from < to && above < below && [above + 1, (above + below) / 2, below - 1].some((y) => isSeenAt(node, (from + to) / 2, y));
        });
      }).map((node) => node.outerHTML.slice(0, 120));
    });
    assert.deepEqual(hidden, []);
    assertQuiet(window);
  });
});
