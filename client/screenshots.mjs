// Pictures of every page in light, dark and phone width: `node client/screenshots.mjs <address> <folder> [page …]`.
// The server must be running with the demo accounts, best on a new DATA_DIR: documents and runs are made first. It takes long
// unless RATE_LIMIT_REQUESTS of the server is high, as it waits where the limit is near. Chromium is looked for at CHROMIUM.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { makeDemoWorld, pause } from './demoWorld.mjs';

const [address, folder, ...only] = process.argv.slice(2);
const looks = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1280, height: 860 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 860 } },
  { name: 'phone', colorScheme: 'light', viewport: { width: 390, height: 844 }, hasTouch: true },
];

const { personaId, agentId } = await makeDemoWorld(address);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
});
mkdirSync(folder, { recursive: true });
for (const { name, ...options } of looks) {
  const context = await browser.newContext(options);
  await context.addInitScript((id) => localStorage.setItem('persona-platform.agent', id), agentId);
  const page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && console.log(`${name}: ${message.text()}`));
  page.on('pageerror', (error) => console.log(`${name}: ${error.stack}`));
  let limit = { left: Infinity, reset: 0 };
  page.on('response', (response) => {
    const left = response.headers()['x-ratelimit-remaining'];
    if (left) limit = { left: Number(left), reset: Number(response.headers()['x-ratelimit-reset']) * 1000 };
  });
  const picture = async (title, path, act) => {
    if (only.length > 0 && !only.includes(title)) return;
    if (limit.left < 25) await pause(Math.max(0, limit.reset - Date.now()) + 1000);
    if (path) await page.goto(address + path);
    await page.waitForLoadState('networkidle').catch(() => {});
    await act?.();
    await page.evaluate(() => document.fonts.ready);
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: join(folder, `${title}-${name}.png`), fullPage: !['agentForm', 'confirm', 'createUser', 'asCurl'].includes(title) && !title.startsWith('file-') });
  };

  const signIn = only.length === 0 || only.includes('signIn');
  if (signIn) await picture('signIn', '/sign-in');
  else await page.goto(`${address}/sign-in`);
  await page.getByRole('button', { name: 'Demo user' }).click();
  await page.waitForURL(`${address}/`);
  await picture('home', '/');
  await page.goto(`${address}/runs?status=completed`);
  const run = await page.locator('main li a').first().getAttribute('href', { timeout: 5000 }).catch(() => null);
  if (run) {
    await picture('run', run, () => page.locator('[data-status=completed]').nth(1).waitFor());
    await picture('runOpen', run, async () => {
      for (const step of await page.locator('[data-step] .head').all()) await step.click();
    });
    await page.goto(address + run);
    await page.locator('[data-status=completed]').nth(1).waitFor();
    const files = await page.locator('aside li > a').evaluateAll((links) => links.map((link) => ({ path: link.getAttribute('href'), ending: link.textContent.match(/\.(\w+)/)?.[1] })));
    for (const { path, ending } of files) {
      await picture(`file-${ending}`, path, () => page.getByRole('dialog').locator('[data-document] > *, [data-document] tr, img, .prose, pre').first().waitFor({ timeout: 10_000 }).catch(() => {}));
    }
  }
  await picture('runs', '/runs');
  await picture('runsNone', '/runs?status=failed&page=9');
  await picture('personas', '/personas');
  const persona = `/personas/${personaId}`;
  await picture('agents', persona);
  await picture('agentForm', persona, async () => {
    await page.getByRole('button', { name: 'New agent' }).click();
    await page.getByRole('dialog').waitFor();
  });
  await picture('tools', `${persona}/tools`);
  await picture('toolsFound', `${persona}/tools`, async () => {
    await page.getByRole('search').getByRole('textbox').fill('make slides for a talk');
    await page.getByText('Best matches first').waitFor();
  });
  await picture('toolOpen', `${persona}/tools`, async () => {
    await page.getByRole('button', { name: /^Generate PDF/ }).click();
    await page.getByText('Settings for this persona').waitFor();
  });
  await picture('memory', `${persona}/memory`, async () => {
    const buffer = (text) => Buffer.from(text);
    await page.locator('input[type=file]').setInputFiles([
      { name: 'handbook.md', mimeType: '', buffer: buffer(`# Handbook\n\n## Travel (${name})\n\nFlights need approval by the head of department.\n`) },
      { name: 'photo.png', mimeType: '', buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]) },
    ]);
    await page.locator('[data-status=completed]').first().waitFor();
  });
  await picture('memoryFound', `${persona}/memory?search=who+approves+flights`, () => page.locator('mark').first().waitFor());
  await picture('document', null, async () => {
    await page.goto(`${address}${persona}/memory`);
    await page.getByRole('link', { name: 'handbook.md' }).first().click();
    await page.getByText('What agents can find in it').waitFor();
  });
  await picture('connectors', `${persona}/connectors`);
  await picture('members', `${persona}/members`);
  await picture('activity', `${persona}/activity`);
  await picture('instructions', `${persona}/instructions`);
  await picture('createPersona', '/personas/create', async () => {
    await page.getByRole('button', { name: 'Create persona' }).click();
    await page.getByText('Name is required').waitFor();
  });
  await picture('usage', '/usage', () => page.locator('rect.bar').first().waitFor());
  await picture('audit', '/audit', () => page.locator('rect.bar').first().waitFor());
  await picture('auditOpen', '/audit', async () => {
    await page.getByRole('button', { name: /^Details of/ }).first().click();
  });
  await picture('account', '/account', () => page.getByRole('heading', { name: 'Password' }).waitFor());
  await picture('developers', '/developers');
  await picture('asCurl', '/runs?status=completed', async () => {
    await page.getByRole('button', { name: 'This page as curl' }).click();
    await page.getByRole('dialog').waitFor();
  });
  await picture('notFound', '/nowhere');
  await picture('missing', '/runs/00000000-0000-4000-8000-000000000000');

  await page.evaluate(() => localStorage.removeItem('persona-platform.session'));
  await page.goto(`${address}/sign-in`);
  await page.getByRole('button', { name: 'Demo admin' }).click();
  await page.waitForURL(`${address}/`);
  await picture('users', '/admin/users', () => page.getByText('demo@persona-platform.local').waitFor());
  await picture('createUser', '/admin/users', async () => {
    await page.getByRole('button', { name: 'New user' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Create account' }).click();
    await page.getByText('Email is required').waitFor();
  });
  await context.close();
}
await browser.close();
