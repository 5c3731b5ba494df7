// Lighthouse on the sign-in page, home and a run: `npm run lighthouse -- <address>`.
// Each page three times, of which the middle one counts: a busy machine makes any single one worse.
// The server must be running with the demo accounts. Lighthouse itself is fetched by npx: it is larger than all that the platform needs.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const address = (process.argv[2] ?? 'http://127.0.0.1:3000').replace(/\/$/, '');
const least = { performance: 90, accessibility: 100, 'best-practices': 95 };

const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

/** The middle one of three reports on a page. */
async function reportOn(url, port) {
  const reports = [];
  for (let i = 0; i < 3; i += 1) reports.push(await oneReportOn(url, port));
  return reports.sort((a, b) => a.categories.performance.score - b.categories.performance.score)[1];
}

/** The report on one page, as the browser at this port sees it. */
async function oneReportOn(url, port) {
  const file = join(folder, 'report.json');
  const args = ['--yes', 'lighthouse@12.8.2', url, `--port=${port}`, '--disable-storage-reset', '--quiet', '--output=json', `--output-path=${file}`,
    `--only-categories=${Object.keys(least).join()}`];
  const code = await new Promise((resolve) => spawn('npx', args, { stdio: ['ignore', 'inherit', 'inherit'] }).on('close', resolve));
  if (code !== 0) throw new Error(`Lighthouse ended with ${code}`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Prints the scores, and what costs them; gives whether they are high enough. */
function show(name, { categories, audits }) {
  const scores = Object.entries(least).map(([id, wanted]) => ({ id, wanted, score: Math.round(categories[id].score * 100) }));
  console.log(`${name}: ${scores.map(({ id, score }) => `${id} ${score}`).join(', ')}`);
  for (const { id } of scores) {
    const costly = categories[id].auditRefs.filter(({ id: audit, weight }) => weight > 0 && audits[audit].score !== null && audits[audit].score < 0.9);
    for (const { id: audit } of costly) console.log(`  ${audits[audit].title}: ${audits[audit].displayValue ?? 'fails'}`);
  }
  return scores.every(({ score, wanted }) => score >= wanted);
}

const folder = mkdtempSync(join(tmpdir(), 'persona-lighthouse-'));
const port = await freePort();
const browser = await chromium.launchPersistentContext(join(folder, 'profile'), {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', `--remote-debugging-port=${port}`],
});
let isEnough = true;
try {
  isEnough &&= show('sign-in', await reportOn(`${address}/sign-in`, port));
  const page = await browser.newPage();
  await page.goto(`${address}/sign-in`);
  await page.locator('.demo button').first().click();
  await page.locator('#content textarea').fill('Create a PowerPoint about Q1 results');
  await page.keyboard.press('Enter');
  await page.locator('[data-step]').nth(2).waitFor();
  await page.locator('.prose').first().waitFor();
  const run = page.url();
  await page.close();
  isEnough = show('home', await reportOn(`${address}/`, port)) && isEnough;
  isEnough = show('run', await reportOn(run, port)) && isEnough;
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = isEnough ? 0 : 1;
