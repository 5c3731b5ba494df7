import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { chromium, type Browser, type Page } from 'playwright-core';
import { login } from '../../src/auth/auth.service.js';
import type { Context } from '../../schema/context.js';
import { protect } from '../../schema/permissions/index.js';
import { authenticated } from '../../schema/permissions/rules.js';
import { useDatabase } from '../support/database.js';
import { createUser, password, useAuth } from '../support/factories.js';
import { startGraphqlServer, type GraphqlServer } from '../support/graphqlServer.js';
import { requireService } from '../support/services.js';

describe('the playground in a browser', () => {
  useDatabase();
  useAuth();
  let browser: Browser;
  let server: GraphqlServer;
  let page: Page;
  const elsewhere: string[] = [];
  const complaints: string[] = [];

  before(async function () {
    this.timeout(60_000);
    await requireService(this, 'chromium');
    const email = { type: GraphQLString, resolve: (_root: unknown, _args: unknown, { viewer }: Context) => viewer?.email };
    const greet = async function* () {
      yield 'hello';
    };
    const schema = new GraphQLSchema({
      query: new GraphQLObjectType({ name: 'Query', fields: { email } }),
      subscription: new GraphQLObjectType({ name: 'Subscription', fields: { greeting: { type: GraphQLString, subscribe: greet, resolve: (event) => event } } }),
    });
    server = await startGraphqlServer(protect(schema, { Query: { email: authenticated }, Mutation: {}, Subscription: { greeting: authenticated } }));
    browser = await chromium.launch({ executablePath: installedBrowser(), args: ['--no-sandbox', '--disable-gpu'] });
    page = await browser.newPage();
    page.on('request', (request) => {
      if (!request.url().startsWith(new URL(server.url).origin) && !request.url().startsWith('data:')) elsewhere.push(request.url());
    });
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(server.url);
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  async function run(query: string): Promise<string> {
    await page.locator('.graphiql-query-editor .CodeMirror').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    await page.keyboard.insertText(query);
    // GraphiQL reads what was typed a moment later; it has when it keeps the text.
    await page.waitForFunction((text) => JSON.stringify((globalThis as any).localStorage).includes(text), query);
    await page.locator('.graphiql-execute-button').click();
    const answer = page.locator('.graphiql-response .result-window');
    await answer.getByText(/data|errors/).first().waitFor();
    return answer.innerText();
  }

  it('says that nobody is signed in, and the server says so too', async () => {
    await page.getByText('Not signed in').waitFor();
    assert.match(await run('{ email }'), /UNAUTHORIZED/);
  });

  it('uses the token for queries and subscriptions, and keeps it for this tab alone', async () => {
    const { email } = await createUser();
    const { token } = await login(email, password);
    await page.fill('#token', token);
    await page.getByText('Signed in by token').waitFor();
    await page.reload();
    assert.equal(await page.inputValue('#token'), token);
    assert.match(await run('{ email }'), new RegExp(email));
    assert.match(await run('subscription { greeting }'), /hello/);
    const stored = await page.evaluate(() => JSON.stringify((globalThis as any).localStorage));
    assert.ok(!stored.includes(token));
  });

  it('asks nothing of any other server, and the page reports no error', () => {
    assert.deepEqual([elsewhere, complaints], [[], []]);
  });
});

/** The browser of this machine; playwright-core brings none. */
function installedBrowser(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const paths = ['chromium', 'chromium-browser', 'google-chrome'].flatMap((name) => folders.map((folder) => join(folder, name)));
  return paths.find((path) => existsSync(path));
}
