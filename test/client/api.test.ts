import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertQuiet, openWindow, signIn, type Window } from './browser.js';
import { useClientServer } from './clientServer.js';

/** Runs commands as someone would who pastes them, with a password typed in. */
function paste(commands: string, password: string, folder: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const shell = execFile('bash', ['-c', commands], { cwd: folder, timeout: 40_000 }, (error, stdout, stderr) =>
      (error ? reject(new Error(`${error.message}\n${stdout}${stderr}`)) : resolve(stdout)));
    shell.stdin!.end(`${password}\n`);
  });
}

describe('the client: API', function () {
  this.timeout(60_000);
  const world = useClientServer();
  let window: Window;
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'persona-curl-'));
    window = await openWindow(world.browser, world.address);
    await window.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: world.address });
  });
  afterEach(async () => {
    await window.context.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const clipboard = () => window.page.evaluate(() => navigator.clipboard.readText());
  async function copy(label: string): Promise<string> {
    await window.page.evaluate(() => navigator.clipboard.writeText(''));
    await window.page.getByRole('button', { name: `Copy: ${label}`, exact: true }).click();
    await window.page.waitForFunction(async () => (await navigator.clipboard.readText()) !== '');
    return clipboard();
  }
  const token = () => window.page.evaluate('JSON.parse(localStorage.getItem("persona-platform.session")).token') as Promise<string>;

  it('shows no agent of others to who has none, and no token to anyone', async () => {
    await signIn(window, 'Demo admin');
    await window.page.goto('/developers');
    await window.page.getByText('No agent takes requests from you yet').waitFor();
    assert.match(await copy('Start a run'), /"agentId":"AGENT_ID"/);
    assert.equal((await window.page.content()).includes(await token()), false);
    assertQuiet(window);
  });

  it('gives commands that sign in, start a run, wait for it and download its file', async () => {
    await signIn(window);
    await window.page.goto('/developers');
    await window.page.getByLabel('Agent').waitFor();
    const commands: string[] = [];
    for (const step of ['Sign in', 'List your personas', 'Start a run', 'Wait for its end', 'Download the file']) commands.push(await copy(step));
    const said = await paste(commands.join('\n'), 'demo123', folder);
    assert.match(said, /"name":"Office Assistant"/);
    assert.match(said, /"status":"completed"/);
    const [file] = readdirSync(folder);
    assert.match(file!, /\.pptx$/);
    assert.equal(readFileSync(join(folder, file!)).subarray(0, 2).toString(), 'PK');
    assertQuiet(window);
  });

  it('gives what is on the screen as curl, with its filters, and a token only to who asks', async () => {
    await signIn(window);
    const { page } = window;
    await page.goto('/audit?type=run_created&from=2026-01-01');
    await page.getByRole('button', { name: 'This page as curl' }).click();
    const command = await copy('This page as curl');
    assert.match(command, /\/api\/audit\?eventType=run_created&startDate=\d{4}-/);
    assert.match(command, /Bearer \$TOKEN/);
    const listed = await paste(`TOKEN=${await token()}\n${command}`, '', folder);
    assert.ok((JSON.parse(listed) as { data: { eventType: string }[] }).data.every(({ eventType }) => eventType === 'run_created'));
    await page.getByRole('link', { name: 'More about the API' }).click();
    await page.getByRole('button', { name: 'Copy the token of this session' }).click();
    await page.getByText(/^Token copied/).first().waitFor();
    assert.equal(await clipboard(), await token());
    assertQuiet(window);
  });

  it('quotes what would end a quotation in a shell', async () => {
    await signIn(window);
    await window.page.goto(`/personas?search=${encodeURIComponent("it's; echo harm")}`);
    await window.page.getByRole('button', { name: 'This page as curl' }).click();
    const said = await paste(`TOKEN=${await token()}\n${await copy('This page as curl')}`, '', folder);
    assert.deepEqual(JSON.parse(said).data, []);
  });
});
