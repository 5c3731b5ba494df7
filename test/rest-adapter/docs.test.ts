import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { routes } from '../../rest-adapter/routes.js';
import { assertQuiet, openWindow, startBrowser, type Window } from '../client/browser.js';
import { password, useServer } from '../support/server.js';
import { requireService } from '../support/services.js';

describe('GET /api/docs', () => {
  const server = useServer();

  it('is a page that loads nothing from elsewhere and cannot be framed', async () => {
    const { status, headers } = await server.request('GET', '/api/docs');
    assert.equal(status, 200);
    assert.match(String(headers['content-type']), /^text\/html/);
    assert.match(String(headers['content-security-policy']), /^default-src 'none'; script-src 'self';.*frame-ancestors 'none'/);
  });

  it('knows its own files and no others', async () => {
    for (const path of ['/api/docs/../../package.json', '/api/docs/%2e%2e/index.js', '/api/docs/package.json', '/api/docsx']) {
      const answer = await server.request('GET', path);
      assert.deepEqual([answer.status, answer.json], [404, { error: 'Route not found', code: 'NOT_FOUND' }], path);
    }
    assert.equal((await server.request('DELETE', '/api/docs')).status, 405);
  });

  describe('in a browser', () => {
    let browser: Browser;
    let window: Window;
    before(async function () {
      this.timeout(60_000);
      await requireService(this, 'chromium');
      browser = await startBrowser();
      window = await openWindow(browser, `http://127.0.0.1:${server.port}`);
      await window.page.goto('/api/docs');
    });
    after(() => browser?.close());

    it('shows every route', async () => {
      await window.page.locator('.opblock').first().waitFor();
      assert.equal(await window.page.locator('.opblock').count(), routes.length);
    });

    it('signs in when the documented request is sent', async () => {
      await server.signIn('ann@example.com');
      const { page } = window;
      const login = page.locator('#operations-auth-login');
      await login.locator('.opblock-summary').click();
      await login.locator('textarea').fill(JSON.stringify({ email: 'ann@example.com', password }));
      await login.getByRole('button', { name: 'Execute' }).click();
      const answer = login.locator('.live-responses-table .response');
      await answer.getByText('refreshToken').first().waitFor();
      assert.match(await answer.innerText(), /200/);
    });

    it('asks nothing of any other server, and reports no error', () => assertQuiet(window));
  });
});
