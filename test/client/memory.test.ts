import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { assertQuiet, openWindow, signIn, type Window } from './browser.js';
import { useClientServer } from './clientServer.js';
import { emailOf, makePersona, restOf, type Rest } from './rest.js';

const handbook = '# Handbook\n\n## Remote work\n\nEmployees can work remotely up to 3 days per week.\n\n## Travel\n\nFlights need approval by the head of department.\n';

/** Files as a dialog for files hands them over. */
async function choose(page: Page, files: { name: string; content: string | Buffer }[]): Promise<void> {
  const folder = await temporaryFolder();
  for (const { name, content } of files) await writeFile(join(folder, name), content);
  await page.locator('input[type=file]').setInputFiles(files.map(({ name }) => join(folder, name)));
}

/** Files as they are dropped from a desktop. */
const drop = (page: Page, files: { name: string; content: string }[]) =>
  page.evaluate(`{
    const dataTransfer = new DataTransfer();
    for (const { name, content } of ${JSON.stringify(files)}) dataTransfer.items.add(new File([content], name));
    for (const type of ['dragenter', 'dragover', 'drop']) document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  }`);

describe('the client: memory', function () {
  this.timeout(90_000);
  const world = useClientServer({ RATE_LIMIT_UPLOADS: '20' });
  let window: Window;
  let rest: Rest;
  let personaId: string;
  let made = 0;
  const row = (name: string) => window.page.locator('li').filter({ has: window.page.getByText(name, { exact: true }) });

  beforeEach(async () => {
    rest = await restOf(world.address);
    personaId = await makePersona(rest, `Archive ${++made}`);
    window = await openWindow(world.browser, world.address);
    await signIn(window);
    await window.page.goto(`/personas/${personaId}/memory`);
    await window.page.getByRole('heading', { name: 'Give this persona something to know' }).waitFor();
  });
  afterEach(() => window.context.close());

  it('says before anything is sent which files would be refused', async () => {
    const sent: string[] = [];
    window.page.on('request', (request) => request.url().endsWith('/upload') && sent.push(request.url()));
    await window.page.getByText('EML and plain text, up to 26.2 MB each').waitFor();
    await choose(window.page, [
      { name: 'photo.png', content: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]) }, { name: 'empty.txt', content: '' },
      { name: 'large.txt', content: Buffer.alloc(26_214_401, 'a') },
    ]);
    await row('photo.png').getByText('Memory cannot read this kind of file.').waitFor();
    await row('empty.txt').getByText('It is empty.').waitFor();
    await row('large.txt').getByText('at most 26.2 MB are taken').waitFor();
    assert.deepEqual(sent, []);
    assertQuiet(window);
  });

  it('offers a viewer the search, and neither upload nor delete', async () => {
    const form = new FormData();
    form.append('file', new Blob([handbook]), 'handbook.md');
    await rest('POST', `/personas/${personaId}/memory/upload`, form);
    await rest('POST', `/personas/${personaId}/members`, { userEmail: emailOf('admin'), role: 'viewer' });
    const viewer = await openWindow(world.browser, world.address);
    await viewer.page.goto('/sign-in');
    await viewer.page.getByRole('button', { name: 'Demo admin' }).click();
    await viewer.page.waitForURL('/');
    await viewer.page.goto(`/personas/${personaId}/memory`);
    await viewer.page.locator('[data-status=completed]').waitFor();
    await drop(viewer.page, [{ name: 'mine.txt', content: 'mine' }]);
    assert.equal(await viewer.page.getByRole('button', { name: /Choose files|Delete/ }).count(), 0);
    assert.equal(await viewer.page.getByText('mine.txt').count(), 0);
    await viewer.page.getByRole('textbox', { name: /^Search all documents/ }).fill('who approves flights');
    await viewer.page.locator('mark').first().waitFor();
    assertQuiet(viewer);
    await viewer.context.close();
  });

  it('takes dropped files, tells how far each is, and finds a passage in them', async () => {
    const { page } = window;
    await drop(page, [{ name: 'handbook.md', content: handbook }, { name: 'budget.csv', content: 'team,amount\nSales,1200\n' }, { name: 'script.py', content: 'print("plain text too")\n' }]);
    for (const name of ['handbook.md', 'budget.csv', 'script.py']) await row(name).locator('[data-status=completed]').waitFor();
    await row('handbook.md').getByText('2 passages').waitFor();
    await page.getByRole('textbox', { name: /^Search all documents/ }).fill('Who approves a flight?');
    const first = page.locator('main ol li').first();
    await first.getByText('Handbook › Travel').waitFor();
    assert.deepEqual(await first.locator('mark').allTextContents(), ['Flights']);
    assert.match(page.url(), /search=/);
    await first.getByRole('link', { name: 'handbook.md' }).click();
    await page.getByText('Your match').waitFor();
    await page.getByRole('link', { name: 'Memory' }).last().click();
    await page.getByRole('textbox', { name: /^Search all documents/ }).waitFor();
    assertQuiet(window);
  });

  it('tells of a file that could not be read, and deletes it after a question', async () => {
    const { page } = window;
    await choose(page, [{ name: 'broken.pdf', content: '%PDF-1.4 nothing' }]);
    await row('broken.pdf').getByText('Could not be read').waitFor();
    await page.getByRole('button', { name: 'Delete broken.pdf' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Delete broken.pdf' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete document' }).click();
    await page.getByRole('heading', { name: 'Give this persona something to know' }).waitFor();
    assert.equal((await rest('GET', `/personas/${personaId}/memory`)).pagination.total, 0);
    assertQuiet(window);
  });

  it('leads from a file that is there already to its document', async () => {
    const { page } = window;
    await choose(page, [{ name: 'handbook.md', content: handbook }]);
    await row('handbook.md').locator('[data-status=completed]').waitFor();
    await choose(page, [{ name: 'again.md', content: handbook }]);
    await row('again.md').getByText("as 'handbook.md'").waitFor();
    await row('again.md').getByRole('link', { name: 'Show the document' }).click();
    await page.getByRole('heading', { name: 'handbook.md' }).waitFor();
    assert.deepEqual(window.complaints.map((text) => /status of 409/.test(text)), [true]);
  });

  it('shows the bytes that are sent, and stops when it is cancelled', async () => {
    const { page } = window;
    const network = await window.context.newCDPSession(page);
    await network.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 200_000 });
    await choose(page, [{ name: 'long.txt', content: 'A line of text.\n'.repeat(250_000) }]);
    await eventually(() => page.evaluate('[...document.querySelectorAll("progress")].some(({ value, max }) => value > 0 && value < max)'));
    await row('long.txt').getByText(/[\d.]+ (kB|MB) of 4 MB/).waitFor();
    await page.getByRole('button', { name: 'Cancel long.txt' }).click();
    await page.getByText('long.txt').waitFor({ state: 'detached' });
    assert.equal((await rest('GET', `/personas/${personaId}/memory`)).pagination.total, 0);
    assertQuiet(window);
  });

  it('opens the dialog for files with the keyboard alone', async () => {
    const { page } = window;
    const asked = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose files' }).focus();
    await page.keyboard.press('Enter');
    assert.equal((await asked).isMultiple(), true);
    assertQuiet(window);
  });

  // The last, because it uses up what the demo user may upload in a minute.
  it('waits when the server wants no more in this minute, and says for how long', async () => {
    const { page } = window;
    await choose(page, Array.from({ length: 22 }, (_none, index) => ({ name: `note ${index}.txt`, content: `Note number ${index}` })));
    await page.getByText(/^Goes on in \d+ s/).first().waitFor();
    assert.equal(await page.locator('[data-state=failed]').count(), 0);
    assert.ok(window.complaints.every((text) => /status of 429/.test(text)));
  });
});
