import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startOpenAiServer } from '../support/openaiServer.js';
import type { ProviderServer } from '../support/providerServer.js';
import { freePort, ServerProcess } from '../support/serverProcess.js';
import { requireService } from '../support/services.js';
import { startBrowser } from './browser.js';

/** The whole platform as `npm start` runs it, a browser, and a stand-in for openai that says what a test scripts. */
export interface ClientServer {
  address: string;
  browser: Browser;
  openai: ProviderServer;
  server: ServerProcess;
  /** Ends the server, as a restart does or, with SIGKILL, a crash, and gives a function that starts it again. */
  stop(signal?: NodeJS.Signals): Promise<() => Promise<void>>;
  /** Starts the server anew, with some settings of its own until the next start. */
  restart(settings: Record<string, string>): Promise<void>;
}

/** Call it at the top of a `describe`, with settings of the server where the suite needs its own; the suite is skipped on a machine without Chromium. */
export function useClientServer(settings: Record<string, string> = {}): ClientServer {
  const world = {} as ClientServer;
  let folder: string | undefined;

  before('start the server and a browser', async function () {
    await requireService(this, 'chromium');
    this.timeout(90_000);
    folder = mkdtempSync(join(tmpdir(), 'persona-client-'));
    const [port, openai] = [await freePort(), await startOpenAiServer()];
    const provider = { OPENAI_API_KEY: 'test', OPENAI_BASE_URL: `${openai.url}/v1`, OPENAI_MODEL: 'stand-in' };
    // One viewer does here in a minute what people do in an hour.
    const env = { ...provider, RATE_LIMIT_REQUESTS: '10000', RATE_LIMIT_RUNS: '1000', ...settings };
    const start = async (more = {}) => void (world.server = await new ServerProcess(port, folder!, { ...env, ...more }).ready());
    const stop = async (signal?: NodeJS.Signals) => {
      await world.server.stop(signal);
      return start;
    };
    const restart = async (more: Record<string, string>) => {
      await world.server.stop();
      await start(more);
    };
    Object.assign(world, { openai, stop, restart, browser: await startBrowser() });
    await start();
    world.address = world.server.address;
  });
  after('stop them', async () => {
    await world.browser?.close();
    await world.server?.stop();
    await world.openai?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });
  return world;
}
