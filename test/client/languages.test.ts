import assert from 'node:assert/strict';
import { assertQuiet, openWindow, signIn, type Window } from './browser.js';
import { useClientServer } from './clientServer.js';

describe('the client: languages', function () {
  this.timeout(60_000);
  const world = useClientServer();
  const windows: Window[] = [];
  afterEach(async () => {
    for (const { context } of windows.splice(0)) await context.close();
  });

  async function openIn(locale: string): Promise<Window> {
    const context = await world.browser.newContext({ baseURL: world.address, locale });
    const window = await openWindow(world.browser, world.address, { context } as Window);
    windows.push(window);
    return window;
  }
  const languageOf = ({ page }: Window) => page.evaluate(() => document.documentElement.lang);

  it('speaks English to who reads neither of its languages', async () => {
    const window = await openIn('fr-FR');
    await window.page.goto('/sign-in');
    await window.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    assert.equal(await languageOf(window), 'en');
    assertQuiet(window);
  });

  it("takes the reader's language, its dates and numbers, and loads no other", async () => {
    const window = await openIn('de-AT');
    const scripts: string[] = [];
    window.page.on('request', (request) => scripts.push(new URL(request.url()).pathname));
    await window.page.goto('/sign-in');
    await window.page.getByRole('heading', { name: 'Anmelden' }).waitFor();
    assert.equal(await languageOf(window), 'de');
    assert.equal(await window.page.title(), 'Anmelden · Persona Platform');
    assert.ok(scripts.some((path) => /\/de-/.test(path)));
    assert.ok(!scripts.some((path) => /\/en-/.test(path)), String(scripts));
    await window.page.getByRole('button', { name: 'Anmelden', exact: true }).click();
    await window.page.getByText('Bitte ausfüllen').first().waitFor();
    await window.page.getByRole('button', { name: 'Demo-Benutzer' }).click();
    await window.page.getByRole('heading', { name: 'Was soll getan werden, Demo?' }).waitFor();
    await window.page.getByLabel('Ihr Auftrag').fill('Erstelle eine PowerPoint-Präsentation über Fahrräder');
    await window.page.keyboard.press('Enter');
    await window.page.locator('main header').getByText('Fertig', { exact: true }).waitFor({ timeout: 45_000 });
    await window.page.getByText(/^\d+\. \S+ \d{4}, \d\d:\d\d$|^\d\d\.\d\d\.\d{4}, \d\d:\d\d$/).first().waitFor();
    await window.page.getByText(/\d,\d kB/).first().waitFor();
    assertQuiet(window);
  });

  it('has no English words of ours on a page in German', async () => {
    const window = await openIn('de');
    await window.page.goto('/sign-in');
    await window.page.getByRole('button', { name: 'Demo-Benutzer' }).click();
    await window.page.getByRole('heading', { name: /^Was soll/ }).waitFor();
    await window.page.goto('/personas');
    const persona = await window.page.getByRole('link', { name: /Office Assistant/ }).getAttribute('href');
    const english = /\b(the|and|or|is|are|this|your|you|with|of|new|all|search|run|runs|save|delete|edit|close|show|loading|page|home|agent’s|tools?|owner|by)\b/i;
    for (const path of ['/', '/runs?status=failed', '/personas', '/personas/create', `${persona}/instructions`, '/nowhere']) {
      await window.page.goto(path);
      await window.page.waitForLoadState('networkidle');
      const words = await ourWords(window);
      assert.deepEqual(words.filter((text) => english.test(text)), [], path);
    }
    assertQuiet(window);
  });

  it('changes on the spot from the menu of the account, and keeps the choice', async () => {
    const window = await openIn('en-GB');
    await signIn(window);
    await window.page.getByRole('button', { name: /^Account/ }).click();
    await window.page.getByRole('menuitemradio', { name: 'Deutsch' }).click();
    await window.page.keyboard.press('Escape');
    await window.page.getByRole('heading', { name: 'Was soll getan werden, Demo?' }).waitFor();
    assert.equal(await window.page.title(), 'Start · Persona Platform');
    await window.page.reload();
    await window.page.getByRole('heading', { name: 'Was soll getan werden, Demo?' }).waitFor();
    await window.page.evaluate(() => localStorage.removeItem('persona-platform.session'));
    await window.page.goto('/sign-in');
    await window.page.getByRole('button', { name: 'English' }).click();
    await window.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    assert.equal(await languageOf(window), 'en');
    assertQuiet(window);
  });

  /** Texts and labels of the page, without what people and the server named. */
  const ourWords = ({ page }: Window) => page.evaluate(() => {
    const theirs = ['Office Assistant', 'Presentation Agent', 'Report Agent', 'Data Agent', 'Makes presentations', 'You are an office assistant', 'Demo User', 'English'];
    const words = [...document.querySelectorAll('[aria-label], [title], [placeholder]')].flatMap((node) =>
      ['aria-label', 'title', 'placeholder'].map((name) => node.getAttribute(name) ?? ''));
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode;
      // Names of tools come from the server, and requests of runs from people.
      if (!parentElement?.closest('script, noscript, textarea, fieldset p, .request, .description')) words.push(textContent!.trim());
    }
    return words.filter((text) => text !== '' && !theirs.some((name) => text.includes(name)));
  });
});
