import assert from 'node:assert/strict';
import { eventually } from '../support/eventually.js';
import { assertQuiet, openWindow, type Window } from './browser.js';
import { useClientServer } from './clientServer.js';

/** Where the focus is, and whether it can be seen there. */
interface Focus {
  name: string;
  /** On the page as a whole, from which keys go on. */
  isPage: boolean;
  isVisible: boolean;
}

describe('the client: only with the keyboard', function () {
  this.timeout(90_000);
  const world = useClientServer();
  let window: Window;
  beforeEach(async () => {
    window = await openWindow(world.browser, world.address);
    // A test that used the mouse by mistake would not do what it says.
    for (const name of ['click', 'dblclick', 'hover', 'tap'] as const) window.page[name] = () => assert.fail('this is done with the keyboard alone');
  });
  afterEach(async () => {
    await window.context.close();
  });

  const focus = () => window.page.evaluate((): Focus => {
    const node = document.activeElement as HTMLElement;
    const { outlineStyle, boxShadow, borderColor } = getComputedStyle(node);
    const field = node.closest('.composer');
    return {
      name: (node.getAttribute('aria-label') ?? (node as HTMLInputElement).labels?.[0]?.textContent ?? node.textContent ?? '').trim(),
      isPage: node === document.body || node.id === 'content',
      isVisible: outlineStyle !== 'none' || boxShadow !== 'none' && borderColor !== '' || !!field && getComputedStyle(field).boxShadow !== 'none',
    };
  });

  /** Presses Tab until the focus is on what has this name; each stop on the way must be visible. */
  async function tabTo(name: string | RegExp, key = 'Tab'): Promise<void> {
    for (let stops = 0; stops < 60; stops++) {
      await window.page.keyboard.press(key);
      const { name: found, isPage, isVisible } = await focus();
      assert.ok(isPage || isVisible, `the focus cannot be seen on ${found}`);
      if (typeof name === 'string' ? found === name : name.test(found)) return;
    }
    assert.fail(`no way to ${name} by ${key}`);
  }
  const type = (text: string) => window.page.keyboard.type(text);
  const press = (key: string) => window.page.keyboard.press(key);
  const heading = (name: string | RegExp) => window.page.getByRole('heading', { name, exact: true }).first().waitFor();

  it('signs in, makes a persona and an agent, starts a run, watches it and opens what it made', async () => {
    const { page } = window;
    await page.goto('/sign-in');
    await heading('Sign in');
    await tabTo('Email');
    await type('demo@persona-platform.local');
    await tabTo('Password');
    await type('demo123');
    await press('Enter');
    await heading(/What should be done/);

    await tabTo('Skip to content', 'Shift+Tab');
    await tabTo('Personas');
    await press('Enter');
    await heading('Personas');
    await eventually(async () => (await page.evaluate(() => document.activeElement?.id)) === 'content');
    await tabTo('New persona');
    await press('Enter');
    await heading('New persona');
    await tabTo('Name');
    await type('Keyboardist');
    await tabTo('System prompt');
    await type('You make slides.');
    await tabTo('Provider');
    await type('local');
    await tabTo('Allow Office');
    await press('Space');
    await tabTo('Create persona');
    await press('Enter');
    await heading('Keyboardist');

    await tabTo('New agent');
    await press('Enter');
    await page.getByRole('dialog').waitFor();
    await tabTo('Name');
    await type('Slide Agent');
    await press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    // The button that opened the dialog is gone: there is an agent now.
    await eventually(async () => (await page.evaluate(() => document.activeElement?.id)) === 'content');
    await tabTo('Start a run');
    await press('Enter');
    await heading(/What should be done/);
    await eventually(async () => (await focus()).name === 'Your request');
    await type('Create a PowerPoint about keyboards');
    await press('Enter');

    await heading('Result');
    await tabTo(/^Chose Generate PowerPoint/);
    await press('Enter');
    await page.getByText('What the model was given').first().waitFor();
    const download = page.waitForEvent('download');
    await tabTo(/^Download .*\.pptx/, 'Shift+Tab');
    await press('Enter');
    assert.match((await download).suggestedFilename(), /\.pptx$/);
    assertQuiet(window);
  });

  it('keeps the focus in a dialog, and never for good', async () => {
    const { page } = window;
    await page.goto('/sign-in');
    await tabTo('Demo user');
    await press('Enter');
    await heading(/What should be done/);
    await page.goto('/personas');
    await page.getByRole('link', { name: /Office Assistant/ }).waitFor();
    await tabTo(/^Office Assistant|^OA/);
    await press('Enter');
    await page.getByRole('button', { name: 'New agent' }).waitFor();
    await tabTo('New agent');
    await press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    for (let stops = 0; stops < 15; stops++) {
      await press('Tab');
      assert.ok(await dialog.evaluate((node) => node.contains(document.activeElement)), 'the focus has left the dialog');
    }
    await press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await eventually(async () => (await focus()).name === 'New agent');
    // All the way round: the browser's own controls come between the last stop and the first.
    await tabTo('Skip to content');
    await tabTo('Skip to content');
    assertQuiet(window);
  });
});
