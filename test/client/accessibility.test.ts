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
  // Colours are measured when nothing fades in any more, whether it has come or was taken away meanwhile.
  await page.evaluate('Promise.all(document.getAnimations().filter(({ effect }) => effect.getComputedTiming().iterations !== Infinity).map(({ finished }) => finished.catch(() => undefined)))');
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
    check('what a tool takes', async () => {
      await at(() => `${persona}/tools`, 'Office')();
      await window.page.getByRole('button', { name: /^Generate PDF/ }).click();
      await heading('Settings for this persona');
    });
    check('an empty memory', at(() => `${persona}/memory`, 'Give this persona something to know'));
    check('memory with uploads, a search and a document', async () => {
      await at(() => `${persona}/memory`, 'Give this persona something to know')();
      const files = [{ name: 'rules.md', mimeType: '', buffer: Buffer.from('# Rules\n\nFlights need approval.\n') }, { name: 'empty.txt', mimeType: '', buffer: Buffer.alloc(0) }];
      await window.page.locator('input[type=file]').setInputFiles(files);
      await window.page.locator('[data-status=completed]').waitFor();
      const listed = await violations(window.page);
      await window.page.goto(`${persona}/memory?search=flights`);
      await window.page.locator('mark').waitFor();
      assert.deepEqual([...listed, ...(await violations(window.page))], []);
      await window.page.getByRole('link', { name: 'rules.md' }).click();
      await window.page.getByText('Your match').waitFor();
      assert.deepEqual(await violations(window.page), []);
      await window.page.getByRole('button', { name: 'Delete', exact: true }).click();
      await window.page.getByRole('button', { name: 'Delete document' }).click();
      await heading('Give this persona something to know');
    });
    check('connectors with faults', async () => {
      await window.page.goto(`${persona}/connectors`);
      await window.page.getByRole('region', { name: 'Browser' }).getByRole('switch').click();
      await window.page.getByRole('region', { name: 'Browser' }).getByRole('button', { name: 'Save' }).click();
      await window.page.getByText('Profile path is required').waitFor();
    });
    check('members with a fault', async () => {
      await window.page.goto(`${persona}/members`);
      await window.page.getByRole('button', { name: 'Share' }).click();
      await window.page.getByText('User email is required').waitFor();
    });
    check('activity', at(() => `${persona}/activity`, 'Today'));
    check('instructions', at(() => `${persona}/instructions`, 'Office Assistant'));
    check('a new persona with faults', async () => {
      await at(() => '/personas/create', 'New persona')();
      await window.page.getByRole('button', { name: 'Create persona' }).click();
      await window.page.getByText('Name is required').waitFor();
    });
    check('usage', async () => {
      await at(() => '/usage', 'Usage')();
      await window.page.locator('rect.bar').first().waitFor();
    });
    check('usage as a table', async () => {
      await at(() => '/usage', 'Usage')();
      await window.page.getByRole('button', { name: 'Show as table' }).first().click();
    });
    check('the audit log with an open event', async () => {
      await at(() => '/audit', 'Audit log')();
      await window.page.getByRole('button', { name: /^Details of/ }).first().click();
    });
    check('the account', at(() => '/account', 'Password'));
    check('the API', at(() => '/developers', 'API'));
    check('a page as curl', async () => {
      await at(() => '/runs', 'Runs')();
      await window.page.getByRole('button', { name: 'This page as curl' }).click();
      await window.page.getByRole('dialog').waitFor();
    });
    check('users, for those who may not see them', at(() => '/admin/users', 'Only administrators manage users'));
    check('the command palette', async () => {
      await at(() => '/personas', 'Personas')();
      await window.page.keyboard.press('Control+k');
      await window.page.getByRole('option', { name: 'Sign out' }).waitFor();
    });
    check('the list of shortcuts', async () => {
      await at(() => '/personas', 'Personas')();
      await window.page.keyboard.press('?');
      await window.page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    });
    check('an unknown page', at(() => '/nowhere', 'There is no such page'));
    check('sign in', async () => {
      await window.page.evaluate('localStorage.removeItem("persona-platform.session")');
      await at(() => '/sign-in', 'Sign in')();
      await window.page.getByRole('button', { name: 'Demo user' }).waitFor();
    });
    check('a closed registration', at(() => '/register', 'Accounts are made by an administrator'));
    check('users and the form of a new one', async () => {
      await signIn(window, 'Demo admin');
      await at(() => '/admin/users', 'Users')();
      await window.page.getByText('demo@persona-platform.local').waitFor();
      assert.deepEqual(await violations(window.page), []);
      await window.page.getByRole('button', { name: 'New user' }).click();
      await window.page.getByRole('dialog').waitFor();
    });
  });
});
