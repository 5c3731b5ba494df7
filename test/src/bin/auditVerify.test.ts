import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { openEmbedded } from '../../../src/pglite/embedded.js';
import { freePort, ServerProcess } from '../../support/serverProcess.js';

describe('npm run audit:verify', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'persona-verify-'));
  const dataDir = join(folder, 'data');
  after(() => rmSync(folder, { recursive: true, force: true }));

  function verify(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    const program = fileURLToPath(new URL('../../../src/bin/auditVerify.js', import.meta.url));
    const env = { PATH: process.env.PATH, DATABASE_URL: '', NODE_ENV: '', SEED_DEMO: '', DATA_DIR: dataDir };
    return new Promise((resolve) => {
      execFile(process.execPath, [program, ...args], { env }, (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }));
    });
  }

  async function inDatabase<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const embedded = await openEmbedded(dataDir);
    const client = new pg.Client({ stream: () => embedded.connect(), user: 'postgres', database: 'postgres', ssl: false });
    try {
      await client.connect();
      return await work(client);
    } finally {
      await client.end();
      await embedded.close();
    }
  }

  it('says so when there is no log, and when what it is given is no link', async () => {
    const empty = await verify();
    assert.deepEqual([empty.code, empty.stdout], [1, '']);
    assert.match(empty.stderr, /^There is no audit log here: set DATA_DIR .+\n$/);
    const wrong = await verify('17');
    assert.match(wrong.stderr, /^"17" is no link: /);
    assert.equal(wrong.code, 1);
  });

  it('shows that the log of a server is as it was written, from its start to its stop, and names what was changed after', async () => {
    const server = await new ServerProcess(await freePort(), dataDir).ready();
    // Once it answers it also listens to signals.
    assert.equal((await fetch(`${server.address}/healthz`)).status, 200);
    assert.equal((await server.stop()).code, 0);
    const good = await verify();
    assert.equal(good.code, 0, good.stderr);
    const [, link] = /^The audit log is as it was written: \d+ rows, the newest link is (\d+:[0-9a-f]{64})\n$/.exec(good.stdout)!;
    assert.equal((await verify(link!)).code, 0);

    const id = await inDatabase(async (client) => {
      const { rows } = await client.query(`select id, event_type, event_category, metadata ->> 'pid' as pid from audit_logs where event_type like 'system%' order by created_at`);
      assert.deepEqual(rows.map((row) => [row.event_type, row.event_category, row.pid]), [
        ['system_started', 'system', String(server.process.pid)], ['system_stopped', 'system', String(server.process.pid)],
      ]);
      await client.query('set session_replication_role = replica');
      await client.query(`update audit_logs set description = 'Nothing happened' where id = $1`, [rows[0].id]);
      return rows[0].id as string;
    });
    const bad = await verify(link!);
    assert.deepEqual([bad.code, bad.stdout], [1, '']);
    assert.match(bad.stderr, new RegExp(`^The audit log is not as it was written:\\nRow ${id} of link \\d+ was changed\\n$`));
  });
});
