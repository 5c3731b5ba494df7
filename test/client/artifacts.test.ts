import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { assertQuiet, openWindow, signIn, useProvider, type Window } from './browser.js';
import { useClientServer } from './clientServer.js';
import { makesFiles } from './makesFiles.js';

describe('the client: artifacts', function () {
  this.timeout(120_000);
  const world = useClientServer();
  let window: Window;
  let page: Page;
  let run: string;

  before('let the real tools make a file of each kind', async () => {
    window = await openWindow(world.browser, world.address);
    page = window.page;
    await signIn(window);
    await useProvider(window, 'openai');
    world.openai.reply({ text: 'I make them all.', toolCalls: makesFiles }, { text: 'Made.' });
    await page.goto('/');
    await page.getByLabel('Your request').fill('Make a file of each kind');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Result', exact: true }).waitFor({ timeout: 90_000 });
    run = page.url();
  });
  after(() => window?.context.close());
  beforeEach(() => page.goto(run));
  afterEach(() => {
    assertQuiet(window);
  });

  const viewer = () => page.getByRole('dialog');
  const body = () => viewer().getByRole('region');

  /** Opens a file from the list beside the run. */
  async function open(name: string): Promise<Locator> {
    await page.locator('aside').getByRole('link', { name }).click();
    await viewer().getByRole('heading', { name, exact: true }).waitFor();
    return body();
  }

  it('says of what cannot be read, or is of an unknown kind, that it can be downloaded', async () => {
    for (const [name, words] of [['broken.pdf', 'could not be read'], ['broken.pptx', 'could not be read'], ['all.zip', 'cannot be shown here']] as const) {
      await (await open(name)).getByText(words).waitFor();
      const [download] = await Promise.all([page.waitForEvent('download'), body().getByRole('button', { name: 'Download' }).click()]);
      assert.equal(download.suggestedFilename(), name);
      await page.keyboard.press('Escape');
    }
  });

  it('fetches no file that is too large to be shown', async () => {
    await page.route('**/graphql', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: (await answer.text()).replace(/"name":"letter\.pdf"[^}]*?"fileSize":\d+/, (text) => text.replace(/\d+$/, '20000001')) });
    });
    const fetched: string[] = [];
    page.on('request', (request) => request.url().includes('/artifacts/') && fetched.push(request.url()));
    await page.goto(run);
    await (await open('letter.pdf')).getByText('too large').waitFor();
    assert.deepEqual(fetched, []);
    await page.unroute('**/graphql');
  });

  it('shows the slides of a .pptx with bullets, table, chart and notes in their places', async () => {
    const slides = await open('review.pptx');
    const slide = (number: number) => slides.getByRole('group', { name: `Slide ${number}` });
    await slide(1).getByText('Quarterly review').waitFor();
    for (const [number, words] of [[2, 'Revenue up by a tenth'], [3, 'North']] as const) {
      await slide(number).scrollIntoViewIfNeeded();
      await slide(number).getByText(words).first().waitFor();
    }
    await slides.getByText('Thank the team first.').waitFor();
    await slide(4).scrollIntoViewIfNeeded();
    await slide(4).locator('canvas, svg').first().waitFor();
    const [frame, title] = [await slide(3).boundingBox(), await slide(3).getByText('Figures').first().boundingBox()];
    const table = await slide(3).getByText('North').first().boundingBox();
    assert.ok(frame && title && table && title.y > frame.y && table.y > title.y && table.y < frame.y + frame.height);
  });

  it('shows the pages of a .docx', async () => {
    const document = await open('policy.docx');
    await document.getByText('Remote work').first().waitFor();
    await document.getByText('Three days a week').waitFor();
    await document.getByRole('cell', { name: 'Monday' }).waitFor();
    assert.match(await document.getByText('Remote work').first().evaluate((element) => getComputedStyle(element).fontSize), /^(2|3|4)\d/);
  });

  it('shows the sheets of an .xlsx with formats, and the values of formulas', async () => {
    const book = await open('budget.xlsx');
    for (const words of ['Rent', '75.0%', '33.3%']) await book.getByRole('cell', { name: words, exact: true }).waitFor();
    await book.getByRole('cell', { name: /€.?1,600\.50|1,600\.50.?€/ }).waitFor();
    await book.getByRole('tab', { name: 'Notes' }).click();
    await book.getByRole('cell', { name: 'Checked' }).waitFor();
  });

  it('draws the pages of a PDF, with their words to be marked', async () => {
    const pages = await open('letter.pdf');
    await pages.getByText('The office moves in May.').waitFor();
    const canvas = pages.locator('canvas').first();
    const drawn = await canvas.evaluate((element) => {
      const { width, height } = element as HTMLCanvasElement;
      const pixels = (element as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height).data;
      return pixels.filter((value, index) => index % 4 === 0 && value < 128).length;
    });
    assert.ok(drawn > 500, `${drawn} dark pixels`);
  });

  it('shows pictures, of which an SVG runs and fetches nothing', async () => {
    for (const name of ['revenue.png', 'revenue.svg', 'hostile.svg']) {
      const picture = (await open(name)).getByRole('img', { name });
      await picture.waitFor();
      await page.waitForFunction((element) => (element as HTMLImageElement).naturalWidth > 0, await picture.elementHandle());
      await page.keyboard.press('Escape');
      await viewer().waitFor({ state: 'detached' });
    }
    assert.equal(await page.evaluate('window.broken'), undefined);
  });

  it('shows Markdown without what runs, and HTML as its text', async () => {
    const shown = await open('ideas.md');
    await shown.getByRole('heading', { name: 'Ideas' }).waitFor();
    assert.equal(await shown.locator('img').count(), 0);
    await page.keyboard.press('Escape');
    await (await open('page.html')).getByText('<p>Only text</p>').waitFor();
    assert.equal(await page.evaluate('window.broken'), undefined);
  });

  it('shows CSV as it is written, JSON in lines, and of a long text the beginning', async () => {
    const table = await open('people.csv');
    for (const words of ['1815-12-10', '007', 'Lovelace, A.', '1-2']) await table.getByRole('cell', { name: words, exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await (await open('data.json')).getByText('"answer": 42').waitFor();
    await page.keyboard.press('Escape');
    await page.route('**/artifacts/*', (route) => route.fulfill({ body: 'x'.repeat(600_000) }));
    await (await open('page.html')).getByText('Only the beginning is shown').waitFor();
    await page.unroute('**/artifacts/*');
  });

  it('steps through the files with the keyboard, gives each an address, and gives the focus back', async () => {
    const link = page.locator('aside').getByRole('link', { name: 'review.pptx' });
    await link.focus();
    await page.keyboard.press('Enter');
    await viewer().getByRole('heading', { name: 'review.pptx' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await viewer().getByRole('heading', { name: 'policy.docx' }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await viewer().getByRole('heading', { name: 'review.pptx' }).waitFor();
    await page.keyboard.press('Escape');
    await viewer().waitFor({ state: 'detached' });
    assert.equal(page.url(), run);
    assert.ok(await link.evaluate((element) => element === document.activeElement));

    await open('data.json');
    const beside = await Promise.all([window.context.waitForEvent('page'), viewer().getByRole('link', { name: 'Open in a new tab' }).click()]).then(([opened]) => opened);
    await beside.getByRole('dialog').getByText('"answer": 42').waitFor();
    await beside.close();
  });
});
