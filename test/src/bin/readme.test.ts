import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../../src/root.js';
import { freePort, ServerProcess } from '../../support/serverProcess.js';

/** The commands below a heading, up to the next one. */
function commandsOf(heading: string): string {
  const text = readFileSync(join(projectRoot, 'README.md'), 'utf8');
  const section = text.split(new RegExp(`^#+ ${heading}$`, 'm'))[1]?.split(/^#+ /m)[0];
  const block = section?.match(/```bash\n([^]*?)```/)?.[1];
  assert.ok(block, `README.md has no commands below ${heading}`);
  return block;
}

describe('the examples of README.md', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'persona-readme-'));
  let server: ServerProcess;
  before(async function () {
    if (spawnSync('curl', ['--version']).error || spawnSync('bash', ['--version']).error) this.skip();
    server = await new ServerProcess(await freePort(), join(folder, 'data')).ready();
  });
  after(async () => {
    await server?.stop('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  /** What bash writes for the commands, which are run where a reader runs them. */
  function bash(commands: string): Promise<string> {
    const script = `set -euo pipefail\n${commands.replaceAll('http://127.0.0.1:3000', server.address).replaceAll('127.0.0.1:3000', new URL(server.address).host)}`;
    return new Promise((resolve, reject) => {
      execFile('bash', ['-c', script], { cwd: projectRoot }, (error, stdout, stderr) => (error ? reject(new Error(stderr || String(error))) : resolve(stdout)));
    });
  }

  it('REST: starts a run and reads it', async () => {
    const run = JSON.parse(await bash(commandsOf('REST')));
    assert.equal(run.input, 'Create a PowerPoint about Q1 results');
  });

  it('Live updates: shows the run to its end', async () => {
    const frames = (await bash(`${commandsOf('REST')}\necho\n${commandsOf('Live updates')}`)).trim().split('\n').slice(1).map((line) => JSON.parse(line));
    assert.equal(frames[0].type, 'subscribed');
    assert.equal(frames.at(-1).type, 'run:completed');
  });

  it('GraphQL: reads who one is and the runs with their steps', async () => {
    const { data } = JSON.parse(await bash(`{ ${commandsOf('REST')} } >/dev/null\n${commandsOf('GraphQL')}`));
    assert.equal(typeof data.me.name, 'string');
    assert.ok(data.runs.data.length > 0);
  });
});
