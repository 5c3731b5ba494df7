import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { openWindow, signIn, type Window } from './browser.js';
import { useClientServer } from './clientServer.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds wrong with a page, as one line each. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  // Colours are measured when nothing fades in any more.
  await page.evaluate('Promise.all(document.getAnimations().filter(({ effect }) => effect.getComputedTiming().iterations !== Infinity).map(({ finished }) => finished))');
  return page.evaluate(`axe.run({ exclude: [['[data-document]']] }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' ' + target + ': ' + failureSummary)))`);
}

describe('the client: accessibility', function () {
  this.timeout(60_000);
  const world = useClientServer();

  for (const colorScheme of ['light', 'dark'] as const) describe(`in ${colorScheme}`, () => {
    let window: Window;
    let persona: string;
    let run: string;

    before('make something to see', async () => {
      window = await openWindow(world.browser, world.address);
      await window.page.emulateMedia({ colorScheme });
      await signIn(window);
      await window.page.getByLabel('Your request').fill('A presentation and a one-page PDF about onboarding');
      await window.page.keyboard.press('Enter');
      await window.page.getByRole('heading', { name: 'Result', exact: true }).waitFor({ timeout: 45_000 });
      run = window.page.url();
      await window.page.goto('/personas');
      persona = (await window.page.getByRole('link', { name: /Office Assistant/ }).getAttribute('href'))!;
    });
    after(() => window?.context.close());

    const check = (name: string, open: () => Promise<unknown>) =>
      it(`finds nothing on ${name}`, async () => {
        await open();
        assert.deepEqual(await violations(window.page), []);
      });
    const heading = (name: string | RegExp) => window.page.getByRole('heading', { name, exact: true }).first().waitFor();
    const at = (path: () => string, name: string | RegExp) => async () => {
      await window.page.goto(path());
      await heading(name);
    };

    check('home', async () => {
      await at(() => '/', /What should be done/)();
      await window.page.getByText('Completed').first().waitFor();
    });
    check('a run with open steps', async () => {
      await at(() => run, 'Result')();
      for (const step of await window.page.locator('[data-step] button[aria-expanded]').all()) await step.click();
    });
    for (const ending of ['pptx', 'pdf']) check(`a .${ending} that is looked at`, async () => {
      await at(() => run, 'Result')();
      await window.page.locator('aside').getByRole('link', { name: new RegExp(`\\.${ending}`) }).first().click();
      // What is drawn has its own colours; the rest of its place is judged.
      await window.page.getByRole('dialog').locator('[data-document] > *, [data-document] tr').first().waitFor({ state: 'attached' });
    });
    check('runs', at(() => '/runs', 'Runs'));
    check('personas', at(() => '/personas', 'Personas'));
    check('agents', at(() => persona, 'Office Assistant'));
    check('the form of an agent', async () => {
      await at(() => persona, 'Office Assistant')();
      await window.page.getByRole('button', { name: 'New agent' }).click();
      await window.page.getByRole('dialog').waitFor();
    });
    check('tools', at(() => `${persona}/tools`, 'Office'));
    check('instructions', at(() => `${persona}/instructions`, 'Office Assistant'));
    check('a new persona with faults', async () => {
      await at(() => '/personas/create', 'New persona')();
      await window.page.getByRole('button', { name: 'Create persona' }).click();
      await window.page.getByText('Name is required').waitFor();
    });
    check('an unknown page', at(() => '/nowhere', 'There is no such page'));
    check('sign in', async () => {
      await window.page.evaluate('localStorage.removeItem("persona-platform.session")');
      await at(() => '/sign-in', 'Sign in')();
    });
  });
});
