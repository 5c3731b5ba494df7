import assert from 'node:assert/strict';
import { serverAudits } from 'graphql-http';
import { useDatabase } from '../support/database.js';
import { type GraphqlServer, startGraphqlServer } from '../support/graphqlServer.js';

const refusedIsRefused = 'A request that is refused before anything runs has the status of its code, 400, whatever type of answer the client takes.';
const simpleRequest = 'A GET without a header against CSRF is a simple request, which any page could send: it is refused.';

/** What the specification recommends or allows, and `/graphql` does otherwise: by audit, the reason. */
const notFollowed: Record<string, string> = {
  '572B SHOULD use 200 status code on document parsing failure when accepting application/json': refusedIsRefused,
  'FDE2 SHOULD use 200 status code on document validation failure when accepting application/json': refusedIsRefused,
  '7B9B SHOULD use a status code of 200 on variable coercion failure when accepting application/json': refusedIsRefused,
  '5A70 MAY accept application/x-www-form-urlencoded formatted GET requests': simpleRequest,
  'D6D5 MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json': simpleRequest,
  '6A70 MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json': simpleRequest,
};

describe('GraphQL over HTTP, as the audits of graphql-http see /graphql', () => {
  useDatabase();
  let server: GraphqlServer;
  before(async () => {
    server = await startGraphqlServer();
  });
  after(() => server.close());

  const audits = serverAudits({ url: () => server.url }).map((audit) => ({ ...audit, title: `${audit.id} ${audit.name}` }));

  it('knows the audits that are not followed, each of which may be left', () => {
    const titles = audits.map(({ title }) => title);
    for (const title of Object.keys(notFollowed)) {
      assert.ok(titles.includes(title), `there is no audit ${title}`);
      assert.doesNotMatch(title, /^\w+ MUST/);
    }
    assert.ok(titles.filter((title) => /^\w+ MUST/.test(title)).length >= 12);
  });

  for (const { title, fn } of audits) {
    const isFollowed = !(title in notFollowed);
    it(isFollowed ? title : `does not follow ${title}`, async () => {
      const result = await fn();
      assert.equal(result.status === 'ok', isFollowed, 'reason' in result ? result.reason : 'it is followed: take it off the list');
    });
  }
});
