import assert from 'node:assert/strict';
import type { GraphQLField } from 'graphql';
import { errorStatus, type ErrorCode } from '../../src/errors.js';
import { realPath } from '../rest-adapter/everything.js';
import { Client } from '../rest-adapter/ws/client.js';
import { formWith } from '../support/form.js';
import type { GraphqlServer } from '../support/graphqlServer.js';
import { sendTo } from '../support/listen.js';
import type { TestServer } from '../support/server.js';
import type { Outcome, Row } from './row.js';
import { operationFor } from './selection.js';

/** What came back through one of the doors: all of it as text, headers and frames included. */
export interface Answer {
  outcome: Outcome;
  text: string;
  json?: any;
}

type Values = Record<string, string>;
/** Asks what a row says, with these values for its `$name`s. */
export type Ask = (row: Row, token: string | undefined, values: Values) => Promise<Answer>;

const filled = (given: unknown, values: Values): any =>
  JSON.parse(JSON.stringify(given), (_key, value) => (typeof value === 'string' && value.startsWith('$') ? assertKnown(values, value.slice(1)) : value));

function assertKnown(values: Values, name: string): string {
  assert.ok(name in values, `nothing is known for $${name}`);
  return values[name]!;
}

const bearer = (token: string | undefined): Record<string, string> => (token ? { authorization: `Bearer ${token}` } : {});

/** The refusals that there are. They tell nothing of what was asked for. */
const refusals: Record<string, RegExp> = {
  400: /^Validation error$/,
  401: /^(Authentication required|Invalid .*)$/,
  403: /^(Access denied|Registration is closed: ask an administrator for an account)$/,
  404: /^[A-Z][a-z]+ not found$/,
};

function refusal(code: string, message: string): Outcome {
  const outcome = String(errorStatus[code as ErrorCode]) as Outcome;
  assert.match(message, refusals[outcome] ?? /^$/, `${code}: ${message}`);
  return outcome;
}

/** Asks over REST. */
export const askRest = (server: TestServer): Ask => async ({ name, given }, token, values) => {
  const [method, path] = name.split(' ') as [string, string];
  const { query = {}, body, form } = filled(given, values);
  const search = new URLSearchParams(query).toString();
  const { status, headers, json, text } = await server.request(method, realPath(path, values) + (search && `?${search}`), {
    token, ...(form ? formWith(form) : { body }),
  });
  const isRefused = status >= 400;
  if (isRefused) assert.equal(status, errorStatus[json.code as ErrorCode], text);
  return { outcome: isRefused ? refusal(json.code, json.error) : 'ok', text: `${JSON.stringify(headers)} ${text}`, json };
};

/** Asks over GraphQL: everything that a field can give, by HTTP, or through a socket for a subscription. */
export const askGraphql = (server: GraphqlServer, fields: Map<string, GraphQLField<unknown, unknown>>): Ask => async ({ name, given }, token, values) => {
  const variables = filled(given, values);
  const query = operationFor(name, fields.get(name)!, variables);
  if (name.startsWith('Subscription.')) return askSocket(server, { query, variables }, token);
  const { pathname, port } = new URL(server.url);
  const { headers, json, text } = await sendTo(Number(port), 'POST', pathname, { headers: bearer(token), body: { query, variables } });
  return { outcome: outcomeOf(json), text: `${JSON.stringify(headers)} ${text}` };
};

function outcomeOf({ data, errors }: any): Outcome {
  if (!errors) return 'ok';
  assert.equal(data ?? null, null, 'a refusal has no data');
  assert.equal(errors.length, 1);
  return refusal(errors[0].extensions.code, errors[0].message);
}

async function askSocket({ connect }: GraphqlServer, request: { query: string; variables: Record<string, unknown> }, token: string | undefined): Promise<Answer> {
  const { client, closed } = connect({ token });
  try {
    const stream = client.iterate(request);
    const { value } = await stream.next();
    const { done } = await stream.next();
    assert.ok(done, 'a run that has ended tells nothing more');
    return { outcome: outcomeOf(value), text: JSON.stringify(value) };
  } catch (error) {
    if (error instanceof assert.AssertionError) throw error;
    const { code, reason } = await closed;
    assert.equal(code, 4403);
    return { outcome: '401', text: `${reason} ${JSON.stringify(error)}` };
  } finally {
    await client.dispose();
  }
}

/** Subscribes to a run at `/ws`. */
export const askLive = (server: TestServer): Ask => async ({ given }, token, values) => {
  const client = new Client(server.liveUrl(token ?? ''));
  try {
    await client.opened();
    client.send(filled(given, values));
    await client.until(() => client.frames.length > 0);
    const [{ type, code, error }] = client.frames as [Record<string, any>];
    if (code === 'UNAUTHORIZED') await client.until(() => client.closed?.code === 4401);
    // What comes after the answer would be told before the pong.
    else client.send({ type: 'ping' });
    await client.until(() => client.closed !== undefined || client.frames.some((frame) => frame.type === 'pong'));
    return { outcome: type === 'error' ? refusal(code, error) : 'ok', text: JSON.stringify([client.frames, client.closed]) };
  } finally {
    client.socket.terminate();
  }
};
