import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { routes } from '../../rest-adapter/routes.js';
import { errorStatus } from '../../src/errors.js';
import type { Answer } from '../support/listen.js';
import { formWith } from '../support/form.js';
import { setLimits } from '../support/limits.js';
import { useServer } from '../support/server.js';
import { type Everything, makeEverything, realPath } from '../rest-adapter/everything.js';
import { makePersona, makeRun } from '../rest-adapter/world.js';
import { Client } from '../rest-adapter/ws/client.js';
import { differences } from './compare.js';
import { type DocumentedRoute, readContract } from './document.js';
import { breakRun, finishRun, workOn } from './liveRun.js';

/** Documented routes that do not exist yet. One that is in the routes is tested, whether it is named here or not. */
const notYet: string[] = [];

/** The documented error bodies show no code; the documented format of all errors has one. */
const everyError = ['code'];

const contract = readContract();
const nameOf = ({ method, path }: Pick<DocumentedRoute, 'method' | 'path'>) => `${method} ${path}`;
const rowOf = (route: DocumentedRoute) => routes.find((row) => nameOf(row) === nameOf(route));
const existing = contract.routes.filter(rowOf);
const missing = contract.routes.filter((route) => !rowOf(route)).map(nameOf);

/** What frames have beyond the document: where to go on after a gap, and the kind of an error. */
const numbered: Record<string, string[]> = { 'run:update': ['seq'], 'run:completed': ['seq'], 'run:error': ['seq', 'status', 'errorCode'] };

/** What a route needs that the usual world does not have, or has already. */
const prepare: Record<string, (world: Everything) => Promise<Record<string, string>>> = {
  'POST /api/runs/:id/cancel': async (world) => ({ runId: (await makeRun(world)).id }),
  'POST /api/personas/:personaId/tools': async ({ owner }) => ({ personaId: (await makePersona(owner)).id }),
};

/** Values that the document writes as examples and only a real one will do for. */
const realValues = ({ ids, owner, stranger }: Everything): Record<string, string> => ({
  ...ids, email: owner.email, refreshToken: owner.refreshToken, userEmail: stranger.email,
});

describe('spec/api.md', () => {
  const server = useServer();
  const covered = { routes: 0, requests: 0, responses: 0, errors: 0, messages: 0, general: 0 };
  const count = (list: { responses: unknown[]; errors: unknown[] }[], kind: 'responses' | 'errors') => list.reduce((sum, route) => sum + route[kind].length, 0);

  after('say how much is covered', () => {
    const all = contract.routes;
    const lines = [
      `${covered.routes} of ${all.length} routes`, `${covered.requests} of ${all.filter(({ request }) => request).length} requests`,
      `${covered.responses} of ${count(all, 'responses')} responses`, `${covered.errors} of ${count(all, 'errors')} errors`,
      `${covered.messages} of ${contract.messages.length} messages`, `${covered.general} of 2 general bodies`,
    ];
    console.log(`      The document's ${lines.join(', ')} are covered.${missing.length > 0 ? ` Not there yet: ${missing.join(', ')}.` : ''}`);
  });

  /** Sends the documented request, with real ids, to the route. */
  async function send(route: DocumentedRoute, world: Everything, { body = fillIn(route, world), token, ids = {} }: {
    body?: unknown; token?: string | null; ids?: Record<string, string>;
  } = {}): Promise<Answer> {
    const { method, path, request, needsToken } = route;
    const own = path.startsWith('/api/admin/') ? world.admin.token : world.owner.token;
    const form = request?.form && formWith('Remote work policy', 'policy.txt');
    return server.request(method, realPath(path, { ...world.ids, ...ids }), {
      ...(needsToken && token !== null && { token: token ?? own }), ...(form ?? (body !== undefined && { body })),
    });
  }

  function fillIn({ request }: DocumentedRoute, world: Everything): any {
    if (!request?.json) return undefined;
    const real = realValues(world);
    return Object.fromEntries(Object.entries(request.json).map(([key, value]) => [key, real[key] ?? value]));
  }

  it('is read whole: every example belongs to a route, a message or the errors', () => {
    const requests = contract.routes.filter(({ request }) => request?.json).length;
    const found = requests + count(contract.routes, 'responses') + count(contract.routes, 'errors') + contract.messages.length + 2;
    assert.equal(found, contract.exampleCount);
    assert.deepEqual([contract.routes.length, contract.exampleCount], [34, 65]);
  });

  it('has no route that is missing, but those that are not there yet', () => {
    assert.deepEqual(missing.filter((name) => !notYet.includes(name)), []);
  });

  for (const route of existing) {
    describe(nameOf(route), () => {
      const row = rowOf(route)!;
      let world: Everything;
      before(async function () {
        this.timeout(60_000);
        world = await makeEverything(server);
        Object.assign(world.ids, await prepare[nameOf(route)]?.(world));
        covered.routes += 1;
      });

      it('takes the documented parameters and fields', () => {
        assert.deepEqual(route.query.map(({ name }) => name).filter((name) => !row.query?.includes(name)), []);
        const fields = [...(row.body ?? []), ...(row.input ?? []), ...(row.form ? [row.form.file, ...row.form.fields] : [])];
        const documented = route.request?.form ?? Object.keys(route.request?.json ?? {});
        assert.deepEqual(documented.filter((name) => !fields.includes(name)), []);
        assert.equal(row.auth, route.needsToken);
      });

      if (route.needsToken) {
        it('asks for a token', async () => {
          const { status, json } = await send(route, world, { token: null });
          assert.deepEqual([status, json], [401, { error: 'Authentication required', code: 'UNAUTHORIZED' }]);
        });
      }

      for (const { status, body } of route.errors) {
        it(`answers ${status} as documented: ${body.error}`, async () => {
          const answer = await provoke(status, route, world);
          assert.equal(answer.status, status, answer.text);
          assert.deepEqual(differences(answer.json, body, everyError), []);
          assert.deepEqual({ ...answer.json, code: undefined }, { ...body, code: undefined });
          assert.equal(errorStatus[answer.json.code as keyof typeof errorStatus], status);
          covered.errors += 1;
        });
      }

      for (const { status, body } of route.responses) {
        it(`answers ${status} with exactly the documented keys and types`, async () => {
          const sent = fillIn(route, world);
          const answer = await send(route, world, { body: sent });
          assert.equal(answer.status, status, answer.text);
          assert.deepEqual(differences(answer.json, body), [], answer.text);
          for (const { name, default: usual } of route.query) if (usual) assert.equal(answer.json.pagination[name], Number(usual), `default of ${name}`);
          assertTaken(sent, answer.json, route);
          if (route.request) covered.requests += 1;
          covered.responses += 1;
        });
      }
    });
  }

  /** What was sent and is answered is what was sent. */
  function assertTaken(sent: any, json: any, { responses: [documented] }: DocumentedRoute): void {
    const fields = Object.keys(sent ?? {}).filter((key) => key in documented!.body && key !== 'refreshToken');
    for (const key of fields) assert.deepEqual(json[key], sent[key], `${key} is not what was sent`);
  }

  /** Makes the mistake that a documented error is for. */
  async function provoke(status: number, route: DocumentedRoute, world: Everything): Promise<Answer> {
    const unknown = Object.fromEntries(Object.keys(world.ids).map((name) => [name, randomUUID()]));
    const wrong = Object.fromEntries(Object.entries(fillIn(route, world) ?? {}).map(([key]) => [key, 'wrong']));
    switch (status) {
      case 400: return send(route, world, { body: {} });
      case 401: return send(route, world, { body: wrong });
      case 403: return send(route, world, { token: world.stranger.token });
      case 404: return send(route, world, { ids: unknown });
      default: return assert.fail(`no mistake is known that gives ${status}`);
    }
  }

  it('has the messages of /ws, with nothing beyond them but the number of the event', async () => {
    const world = await makeEverything(server);
    const client = new Client(server.liveUrl(world.viewer.token));
    await client.opened();
    try {
      for (const ending of [finishRun, breakRun]) {
        const run = await makeRun(world);
        const { message } = contract.messages.find(({ name }) => name === 'subscribe:run')!;
        client.send({ ...message, runId: run.id });
        await client.until(() => client.frames.some(({ type, runId }) => type === 'subscribed' && runId === run.id));
        await workOn(run);
        await ending(run);
        await client.until(() => client.frames.filter(({ runId, step, type }) => runId === run.id && (step || type !== 'run:update')).length >= 3);
      }
      for (const { name, message } of contract.messages.filter((one) => one.name !== 'subscribe:run')) {
        const frame = client.frames.find(({ type, step }) => type === name && (!message.step || step));
        assert.deepEqual(differences(frame, message, numbered[name]), [], JSON.stringify(frame));
      }
      covered.messages += contract.messages.length;
    } finally {
      client.socket.terminate();
    }
  });

  it('has the format of all errors, with the documented codes and statuses', async () => {
    for (const code of contract.codes) assert.ok(code in errorStatus, code);
    const statuses = new Set<number>([200, 201, ...Object.values(errorStatus)]);
    assert.deepEqual(contract.statuses.filter((status) => !statuses.has(status)), []);
    const { json } = await server.request('POST', '/api/auth/login', { body: {} });
    assert.deepEqual(differences(json, contract.errorFormat), []);
    covered.general += 1;
  });

  it('has the limits, with their headers and their answer', async () => {
    const { token } = await server.signIn('limited@example.com');
    setLimits({ requests: 1 });
    try {
      const allowed = await server.request('GET', '/api/users/me', { token });
      const refused = await server.request('GET', '/api/users/me', { token });
      assert.deepEqual([allowed.status, refused.status], [200, contract.rateLimited.status]);
      assert.deepEqual(differences(refused.json, contract.rateLimited.body), []);
      assert.equal(refused.json.error, contract.rateLimited.body.error);
      for (const { headers } of [allowed, refused]) {
        for (const name of contract.limitHeaders) assert.match(String(headers[name.toLowerCase()]), /^\d+$/, name);
      }
      covered.general += 1;
    } finally {
      setLimits();
    }
  });
});
