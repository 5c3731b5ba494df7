// A short moving picture of a live run, for the README: `npm run moving-picture -- <address> <file.webp>`.
// The server must be running with the demo accounts; img2webp of the Debian package webp must be on the path.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [address = 'http://127.0.0.1:3000', file = 'client/pictures/run.webp'] = process.argv.slice(2);
const request = 'Create a PowerPoint for HR presentation about Q1 results';
const size = { width: 1080, height: 680 };
const mostBytes = 1_500_000;
/** Frames that come sooner after the one before are left out, and none stands longer, in milliseconds. */
const [soonest, longest] = [70, 1_200];
/** How long the last one stands before it begins anew. */
const ending = 4_000;

const folder = mkdtempSync(join(tmpdir(), 'persona-picture-'));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
});
try {
  const page = await browser.newPage({ viewport: size, colorScheme: 'light', locale: 'en-US' });
  await page.goto(`${address}/sign-in`);
  await page.locator('.demo button').first().click();
  await page.getByRole('heading', { name: /What should be done/ }).waitFor();
  await page.waitForLoadState('networkidle').catch(() => {});
  const frames = await filmed(page, async () => {
    await page.getByLabel('Your request').pressSequentially(request, { delay: 30 });
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Result', exact: true }).waitFor({ timeout: 120_000 });
    await page.locator('.prose').first().waitFor();
  });
  write(frames);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

/** What the page looks like while `act` goes on, as PNG files with the time that each stands, in milliseconds. */
async function filmed(page, act) {
  const session = await page.context().newCDPSession(page);
  const shots = [];
  session.on('Page.screencastFrame', ({ data, sessionId, metadata }) => {
    const at = metadata.timestamp * 1000;
    const isSoon = shots.length > 0 && at - shots.at(-1).at < soonest;
    // The newest look replaces one that would stand too short.
    shots.splice(isSoon ? -1 : shots.length, 1, { at: isSoon ? shots.at(-1).at : at, data });
    session.send('Page.screencastFrameAck', { sessionId }).catch(() => {});
  });
  await session.send('Page.startScreencast', { format: 'png', maxWidth: size.width, maxHeight: size.height });
  await act();
  await page.waitForTimeout(600);
  await session.send('Page.stopScreencast');
  return shots.map(({ at, data }, index) => {
    const path = join(folder, `${String(index).padStart(4, '0')}.png`);
    writeFileSync(path, Buffer.from(data, 'base64'));
    return { path, stands: Math.round(index + 1 < shots.length ? Math.min(longest, shots[index + 1].at - at) : ending) };
  });
}

/** Puts the frames together without loss, or at a lower quality when the file would be too large. */
function write(frames) {
  for (const quality of [['-lossless'], ['-lossy', '-q', '90'], ['-lossy', '-q', '60']]) {
    const args = frames.flatMap(({ path, stands }) => [...quality, '-d', String(stands), path]);
    const { error, status, stderr } = spawnSync('img2webp', ['-loop', '0', ...args, '-o', file], { encoding: 'utf8' });
    if (error || status !== 0) throw new Error(error?.code === 'ENOENT' ? 'img2webp is missing: install the Debian package webp.' : stderr);
    const { size: bytes } = statSync(file);
    console.log(`${file}: ${frames.length} frames, ${(frames.reduce((sum, { stands }) => sum + stands, 0) / 1000).toFixed(1)} s, ${bytes} bytes ${quality.join(' ')}`);
    if (bytes <= mostBytes) return;
  }
  throw new Error(`${file} is larger than ${mostBytes} bytes`);
}
