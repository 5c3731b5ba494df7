import assert from 'node:assert/strict';
import { Agent as Connections, request } from 'node:http';
import fc from 'fast-check';
import type { OpenApiDocument } from '../../rest-adapter/openapi.js';
import type { Route } from '../../rest-adapter/route.js';
import { routes } from '../../rest-adapter/routes.js';
import { setRegistration } from '../../src/auth/registration.js';
import { errorStatus } from '../../src/errors.js';
import { useServer } from '../support/server.js';
import { type Everything, makeEverything, realPath } from '../rest-adapter/everything.js';
import { makeAgent, makePersona, makeRun } from '../rest-adapter/world.js';
import { type Target, type WildRequest, wildRequest } from './requests.js';

/** How many requests each route gets, and how many of them at a time. */
const each = 300;
const atOnce = 6;

interface Answer {
  status: number;
  type: string;
  text: string;
}

const inDocument = (path: string) => path.replace(/:(\w+)/g, '{$1}');

describe('malformed input, generated from the OpenAPI document', function () {
  this.timeout(60_000);
  const server = useServer();
  const connections = new Connections({ keepAlive: true, maxSockets: atOnce });
  const statuses = new Map<number, number>();
  let world: Everything;
  let document: OpenApiDocument;

  before('make something to ask for', async () => {
    world = await makeEverything(server);
    document = (await server.request('GET', '/api/openapi.json')).json;
    setRegistration(true);
  });
  after('say what was answered', () => {
    setRegistration(false);
    connections.destroy();
    console.log(`      Answers by status: ${[...statuses].sort().map(([status, count]) => `${status}: ${count}`).join(', ')}.`);
  });

  function send({ method, path, headers, body }: WildRequest): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const outgoing = request({ port: server.port, host: '127.0.0.1', agent: connections, method, path, headers: { ...headers, 'content-length': body?.length ?? 0 } }, (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece)).on('error', reject).on('end', () => {
          resolve({ status: response.statusCode!, type: response.headers['content-type'] ?? '', text: Buffer.concat(pieces).toString() });
        });
      });
      outgoing.on('error', reject).end(body);
    });
  }

  /** What a request may end or switch off, so that others still find theirs. */
  const ownThings: Record<string, () => Promise<{ id: string }>> = {
    'PUT /api/personas/:id': () => makePersona(world.owner),
    'DELETE /api/personas/:id': () => makePersona(world.owner),
    'PUT /api/agents/:id': () => makeAgent(world.persona),
    'DELETE /api/agents/:id': () => makeAgent(world.persona),
    'POST /api/runs/:id/cancel': () => makeRun(world),
  };

  async function targetOf({ method, path }: Route): Promise<Target> {
    const real = realPath(path, world.ids).split('/');
    const ids: Record<string, string[]> = Object.fromEntries(path.split('/').flatMap((part, index) => (part.startsWith(':') ? [[part.slice(1), [real[index]!]]] : [])));
    const make = ownThings[`${method} ${path}`];
    if (make) ids.id = await Promise.all(Array.from({ length: 20 }, async () => (await make()).id));
    const operation = document.paths[inDocument(path)][method.toLowerCase()];
    return { method, path: inDocument(path), operation, document, ids, tokens: [await tokenFor(path)] };
  }

  /** A session of its own for what ends sessions. */
  async function tokenFor(path: string): Promise<string> {
    if (path.startsWith('/api/admin/')) return world.admin.token;
    if (['/api/auth/logout', '/api/auth/password'].includes(path)) return (await server.signIn('leaver@example.com')).token;
    return world.owner.token;
  }

  /** Asserts that an answer is one for programs, and no fault of ours. */
  function check({ operation }: Target, sent: WildRequest, { status, type, text }: Answer): void {
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    const told = () => `${sent.method} ${sent.path.slice(0, 500)} ${JSON.stringify(sent.headers)} ${sent.body?.toString('latin1').slice(0, 1000) ?? ''}\nwas answered ${status} ${text.slice(0, 500)}`;
    assert.ok(status < 500, told());
    if (status < 300) {
      assert.ok(operation.responses[status], told());
      if (operation.responses[status].content['application/json']) JSON.parse(text);
      return;
    }
    // Without a token in the end, or with a path that is another one, an answer is not among those of the route.
    assert.match(type, /^application\/json/, told());
    const { error, code, details, retryAfter, ...others } = JSON.parse(text);
    assert.deepEqual(others, {}, told());
    assert.equal(errorStatus[code as keyof typeof errorStatus], status, told());
    assert.ok(typeof error === 'string' && error !== '' && !/node_modules|\bat .+:\d+:\d+/.test(text), told());
    assert.ok(details === undefined || (typeof details === 'object' && details !== null), told());
    assert.equal(retryAfter !== undefined, status === 429, told());
  }

  for (const route of routes) {
    it(`is answered by ${route.method} ${route.path} without a fault of ours`, async () => {
      const target = await targetOf(route);
      const some = fc.tuple(...Array.from({ length: atOnce }, () => wildRequest(target)));
      await fc.assert(fc.asyncProperty(some, async (requests) => {
        const answers = await Promise.all(requests.map(send));
        answers.forEach((answer, index) => check(target, requests[index]!, answer));
      }), { numRuns: each / atOnce });
    });
  }

  it('left the server as it was', async () => {
    assert.equal((await server.request('GET', '/api/users/me', { token: world.owner.token })).status, 200);
    const count = [...statuses.values()].reduce((sum, one) => sum + one, 0);
    assert.ok(count >= each * routes.length, `only ${count} requests`);
    assert.ok(statuses.get(200)! + statuses.get(201)! > count / 8, 'hardly a request was right');
  });
});
