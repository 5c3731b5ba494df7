import assert from 'node:assert/strict';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/** Starts the Chromium that is on the path; call it after `requireService(this, 'chromium')`. */
export function startBrowser(): Promise<Browser> {
  const candidates = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const executablePath = candidates.find(isProgram);
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'];
  return chromium.launch({ executablePath, args });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A window of someone with cookies and storage of their own. What it complained of and where it went is kept. */
export interface Window {
  context: BrowserContext;
  page: Page;
  /** Errors that the page threw or wrote to the console. */
  complaints: string[];
  /** Addresses outside the server that something was fetched from. */
  strangers: string[];
}

/** Opens a window, or with `beside` another one of the same person. */
export async function openWindow(browser: Browser, address: string, beside?: Window): Promise<Window> {
  const context = beside?.context ?? await browser.newContext({ baseURL: address, locale: 'en-GB', acceptDownloads: true });
  const page = await context.newPage();
  const window: Window = { context, page, complaints: [], strangers: [] };
  page.setDefaultTimeout(15_000);
  page.on('pageerror', (error) => window.complaints.push(String(error.stack)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') window.complaints.push(message.text());
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !/^(data|blob):/.test(url)) window.strangers.push(url);
  });
  return window;
}

/** Fails when a window complained of anything, or fetched anything from elsewhere. */
export function assertQuiet({ complaints, strangers }: Window): void {
  assert.deepEqual(complaints, []);
  assert.deepEqual(strangers, []);
}

/** Signs in by one of the demo buttons. */
export async function signIn({ page }: Window, button: 'Demo user' | 'Demo admin' = 'Demo user'): Promise<void> {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: button }).click();
  await page.getByRole('heading', { name: /What should be done/ }).waitFor();
}

/** Makes the persona of the demo accounts ask a provider. */
export async function useProvider({ page }: Window, provider: string): Promise<void> {
  await page.goto('/personas');
  await page.getByRole('link', { name: /Office Assistant/ }).click();
  await page.getByRole('link', { name: 'Instructions' }).click();
  await page.getByLabel('Provider', { exact: true }).selectOption(provider);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Changes saved', { exact: true }).first().waitFor();
}
