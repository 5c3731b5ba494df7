import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { StreamScript } from '../support/providerServer.js';
import { openWindow, signIn, type Window } from './browser.js';
import { useClientServer } from './clientServer.js';
import { payloads } from './payloads.js';

type Json = Record<string, any>;

/** The model says it, has it written to a file and reads it back. */
const turnOf = ({ name, text }: (typeof payloads)[number]): StreamScript => {
  const path = `/workspace/${payloads.findIndex((payload) => payload.name === name)}.md`;
  return { text, toolCalls: [{ name: 'write_file', arguments: { path, content: text } }, { name: 'read_file', arguments: { path } }] };
};
/** As many as one run shows at once. */
const few = 12;

describe('the client: what others wrote runs nothing and fetches nothing', function () {
  this.timeout(240_000);
  const world = useClientServer({ RUN_MAX_STEPS: '100', RATE_LIMIT_UPLOADS: '1000' });
  const marks = new Set<number>();
  const fetched = new Set<number>();
  let window: Window;
  let page: Page;
  let token: string;
  let persona: Json;
  let agent: Json;

  async function api(path: string, body?: object): Promise<any> {
    const answer = await fetch(`${world.address}/api${path}`, {
      method: body ? 'POST' : 'GET', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: body && JSON.stringify(body),
    });
    assert.ok(answer.ok, `${path}: ${answer.status} ${await answer.clone().text()}`);
    return answer.json();
  }
  async function finished(run: Json): Promise<Json> {
    for (;;) {
      const now = await api(`/runs/${run.id}`);
      if (!['pending', 'running'].includes(now.status)) return now;
      await page.waitForTimeout(100);
    }
  }
  /** Moves about as people do, without loading the page anew. */
  const go = async (path: string) => {
    await page.evaluate((to) => {
      history.pushState({}, '', to);
      dispatchEvent(new PopStateEvent('popstate', { state: {} }));
    }, path);
    await page.waitForFunction((to) => document.readyState === 'complete' && location.pathname === new URL(to, location.href).pathname, path);
  };

  before('have them written wherever people and models write', async function () {
    this.timeout(240_000);
    window = await openWindow(world.browser, world.address);
    page = window.page;
    await page.exposeFunction('leaveMark', (index: number) => void marks.add(index));
    page.on('request', (request) => {
      const outside = /^http:\/\/198\.51\.100\.7\/(\d+)/.exec(request.url());
      if (outside) fetched.add(Number(outside[1]));
    });
    await signIn(window);
    token = await page.evaluate(() => (JSON.parse(localStorage.getItem('persona-platform.session')!) as { token: string }).token);
    persona = await api('/personas', { name: payloads[0]!.text, description: payloads[4]!.text, systemPrompt: 'Write.', defaultProvider: 'openai' });
    agent = await api(`/personas/${persona.id}/agents`, { name: payloads[4]!.text, description: payloads[44]!.text });
    for (const { id } of (await api('/tools?limit=100')).data.filter(({ name }: Json) => /^(write_file|read_file|list_documents)$/.test(name))) await api(`/personas/${persona.id}/tools`, { toolId: id });
  });
  after(() => window?.context.close());

  it('in what a model says and a tool is given', async () => {
    for (let from = 0; from < payloads.length; from += few) {
      const some = payloads.slice(from, from + few);
      world.openai.reply(...some.map(turnOf), { text: some.map(({ text }) => text).join('\n\n') });
      const run = await finished(await api('/runs', { agentId: agent.id, input: some[0]!.text }));
      assert.equal(run.status, 'completed', JSON.stringify(run));
      await read(run.id, some.length * 3 + 1);
    }
  });

  async function read(runId: string, steps: number) {
    await page.goto(`/runs/${runId}`);
    await page.locator('[data-step]').nth(steps - 1).waitFor();
    await page.evaluate(() => document.querySelectorAll<HTMLElement>('[data-step] button[aria-expanded=false]').forEach((button) => button.click()));
    await page.getByText('What the model was given').nth(few / 2).waitFor();
    // Whoever reads hovers, and clicks on links of theirs by mistake.
    await page.locator('.prose a').evaluateAll((links) => links.forEach((link) => link.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))));
    assert.equal(await page.locator('.prose :is(img, script, iframe, svg, style, object, embed, video, audio, form, input, link, meta, base, [style], [onerror])').count(), 0);
    const addresses = await page.locator('.prose a[href]').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).protocol));
    assert.deepEqual(addresses.filter((protocol) => !/^(https?|mailto):$/.test(protocol)), []);
  }

  it('in requests, and in the errors of a provider', async () => {
    for (const { text } of payloads) {
      world.openai.reply({ status: 400, message: text });
      await finished(await api('/runs', { agentId: agent.id, input: text }));
    }
    const runs: Json[] = [];
    for (const number of [1, 2, 3, 4]) runs.push(...(await api(`/runs?limit=20&page=${number}`)).data);
    for (const number of [1, 2, 3, 4]) {
      await page.goto(`/runs?page=${number}`);
      await page.locator('main li a').first().waitFor();
    }
    for (const run of runs.filter(({ status }) => status === 'failed')) {
      await go(`/runs/${run.id}`);
      await page.getByRole('heading', { name: 'The run failed' }).waitFor();
    }
    assert.equal(runs.filter(({ status }) => status === 'failed').length, payloads.length);
  });

  it('in names of personas and agents', async () => {
    for (const { text } of payloads) {
      const named = await api('/personas', { name: text, description: text, systemPrompt: text, defaultProvider: 'openai' });
      await api(`/personas/${named.id}/agents`, { name: text, description: text });
    }
    await page.goto('/');
    await page.getByRole('button', { name: /^Agent/ }).click();
    await page.getByRole('option').nth(payloads.length).waitFor();
    await page.keyboard.press('Escape');
    for (const number of [1, 2, 3]) {
      await page.goto(`/personas?page=${number}`);
      await page.locator('main li a').first().waitFor();
    }
    for (const { id, name } of (await api('/personas?limit=100')).data.slice(0, payloads.length)) {
      await go(`/personas/${id}`);
      await page.getByRole('heading', { level: 1 }).filter({ hasText: name.trim().split(/\s/)[0] }).waitFor();
      await page.locator('main li').first().waitFor();
    }
  });

  it('in names of documents', async () => {
    for (const { text } of payloads) {
      // A name is no path, and has no signs that turn the writing round.
      const name = `${text.replace(/[/\\\p{Cc}\u202a-\u202e]/gu, ' ').trim()}.md`;
      const form = new FormData();
      form.set('file', new Blob([`${text} ${name}`], { type: 'text/markdown' }), name);
      const answer = await fetch(`${world.address}/api/personas/${persona.id}/memory/upload`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: form });
      assert.ok(answer.ok, `${name}: ${answer.status} ${await answer.clone().text()}`);
    }
    world.openai.reply({ toolCalls: [{ name: 'list_documents', arguments: {} }] }, { text: 'These are all.' });
    const run = await finished(await api('/runs', { agentId: agent.id, input: 'Which documents are there?' }));
    await page.goto(`/runs/${run.id}`);
    await page.locator('[data-step] .head').nth(1).click();
    await page.locator('[data-step]').nth(1).getByText('onerror').first().waitFor();
  });

  it('in what the server and the address say', async () => {
    for (const { text } of payloads) {
      await go(`/?input=${encodeURIComponent(text)}`);
      await page.locator('#content').waitFor();
    }
    await page.goto(`/personas?search=${encodeURIComponent(payloads[4]!.text)}`);
    await page.locator('main li a').first().waitFor();
    await page.goto(`/sign-in?next=${encodeURIComponent('javascript:leaveMark(0)')}`);
    await page.getByRole('heading', { name: /What should be done/ }).waitFor();
  });

  for (const [index, { name }] of payloads.entries()) {
    it(`${index + 1}: ${name}`, () => {
      assert.ok(!marks.has(index), 'it ran');
      assert.ok(!fetched.has(index), 'it fetched something from outside');
    });
  }

  it('would see it if something ran or was fetched', async () => {
    const other = await openWindow(world.browser, world.address);
    let seen = 0;
    await other.page.exposeFunction('leaveMark', () => void seen++);
    await other.page.setContent(payloads[4]!.text);
    await other.page.waitForFunction(() => document.querySelector('img')?.complete);
    assert.equal(seen, 1);
    await other.context.close();
    // The page itself never put anything before a guard that had to stop it.
    assert.deepEqual(window.complaints.filter((text) => /Content Security Policy/.test(text)), []);
  });
});
