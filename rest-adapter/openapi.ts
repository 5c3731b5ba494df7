import { getOperationAST, type GraphQLSchema } from 'graphql';
import { permissions } from '../schema/permissions/index.js';
import { readOperations } from './documents.js';
import { takesIdempotencyKey } from './idempotency.js';
import { errorReferences, errorResponses, errorSchemas } from './openapi/errorResponses.js';
import { exampleOf } from './openapi/examples.js';
import type { JsonSchema } from './openapi/jsonSchema.js';
import { type Operation, parametersOf, requestBody, rootFieldOf } from './openapi/requests.js';
import { responseSchema } from './openapi/responseBody.js';
import { pathParameters, type Route } from './route.js';
import { routes as documentedRoutes } from './routes.js';

/** An OpenAPI 3.1 document. */
export type OpenApiDocument = Record<string, any>;

const description = `The REST API of a self-hosted platform for AI personas: agents, tools, memory and durable runs.

Sign in with \`POST /api/auth/login\` and send the token as \`Authorization: Bearer <token>\`. Every error is
\`{error, code, details?}\`. No text may contain the character NUL.
Requests, uploads and new runs are limited per user and minute; unless the operator has set others, the limits are 100, 10 and 5.`;

/**
 * The OpenAPI document of the routes. Parameters and request bodies come from the rows, the operations and the types of their
 * arguments; responses from the presenters (openapi/responseBody.ts says how); who may do it from the permissions. Throws when
 * a presenter reads what its operation does not select.
 * @param version of the platform
 */
export function openApiDocument(schema: GraphQLSchema, version: string, routes: readonly Route[] = documentedRoutes): OpenApiDocument {
  const operations = readOperations();
  const schemas: JsonSchema = { ...errorSchemas };
  const paths: JsonSchema = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    const { document } = operations.get(route.operation)!;
    const operation = { schema, document, definition: getOperationAST(document, route.operation)! };
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describe(route, operation, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Persona Platform', version, description, license: { name: 'MIT', identifier: 'MIT' } },
    tags: [...new Set(routes.map(tagOf))].map((name) => ({ name })),
    paths,
    components: { schemas, responses: errorResponses(), headers: limitHeaders, securitySchemes },
  };
}

const securitySchemes = { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'The access token of a session.' } };

const limitHeaders = {
  'X-RateLimit-Limit': { schema: { type: 'integer' }, description: 'How many of these requests the user has in a minute.' },
  'X-RateLimit-Remaining': { schema: { type: 'integer' }, description: 'How many of them are left.' },
  'X-RateLimit-Reset': { schema: { type: 'integer' }, description: 'When all are there again, in seconds since 1970.' },
};
const limitReferences = Object.fromEntries(Object.keys(limitHeaders).map((name) => [name, { $ref: `#/components/headers/${name}` }]));

const idempotencyKey = {
  name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]+$' },
  description: 'A text of the client’s own. The same request with the same key is carried out once within 24 hours; every repetition gets the answer of the first.',
};

function describe(route: Route, operation: Operation, schemas: JsonSchema): JsonSchema {
  const { field } = rootFieldOf(operation);
  const rule = ruleOf(operation);
  const body = requestBody(route, operation);
  const parameters = [...parametersOf(route, operation), ...(takesIdempotencyKey(route) ? [idempotencyKey] : [])];
  if (body) schemas[`${route.operation}Request`] = body.schema;
  return {
    operationId: route.operation.charAt(0).toLowerCase() + route.operation.slice(1),
    summary: route.summary,
    description: `${field.description ?? ''}\n\nWho may: ${inWords(rule)}. GraphQL: \`${operation.definition.operation}.${field.name}\`.`,
    tags: [tagOf(route)],
    security: route.auth ? [{ bearer: [] }] : [],
    ...(parameters.length > 0 && { parameters }),
    // No body at all counts as one without fields.
    ...(body && { requestBody: { required: Boolean(body.schema.required), content: contentOf(body.type, `${route.operation}Request`, body.schema) } }),
    responses: { [route.status]: success(route, operation, schemas), ...errorReferences(errorsOf(route, operation, rule)) },
  };
}

function success(route: Route, operation: Operation, schemas: JsonSchema): JsonSchema {
  // The type of a file is that of what it holds.
  if (!('present' in route)) return { description: 'The file.', headers: limitReferences, content: { '*/*': {} } };
  const schema = responseSchema(operation, route.present);
  schemas[`${route.operation}Response`] = schema;
  return { description: route.status === 201 ? 'Created.' : 'Done.', headers: limitReferences, content: contentOf('application/json', `${route.operation}Response`, schema) };
}

const contentOf = (type: string, name: string, schema: JsonSchema): JsonSchema =>
  ({ [type]: { schema: { $ref: `#/components/schemas/${name}` }, example: exampleOf(schema) } });

/** `/api/personas/:personaId/tools` is about tools. */
function tagOf({ path }: Route): string {
  const [, , first, , nested] = path.split('/') as [string, string, string, string?, string?];
  return first === 'personas' && nested ? nested : first;
}

const rootTypes = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' } as const;

/** The name of the rule in front of the root field: `anyone`, `authenticated`, `admin`, or a role and what it is had on. */
function ruleOf(operation: Operation): string {
  const rule = permissions[rootTypes[operation.definition.operation]][rootFieldOf(operation).field.name] as { name?: string } | undefined;
  return rule?.name ?? 'nobody';
}

/** `editor by persona id` is the name of a rule for those with a role on the persona that an argument leads to. */
function inWords(rule: string): string {
  const [, role, kind] = /^(\w+) by (\w+) [\w.]+$/.exec(rule) ?? [];
  if (role) return `at least ${role} on the persona${kind === 'persona' ? '' : ` of the ${kind}`}`;
  return { anyone: 'everyone', authenticated: 'everyone who has signed in', admin: 'users with the role admin' }[rule] ?? rule;
}

/** Every status that a route may answer with beside its own. */
function errorsOf(route: Route, operation: Operation, rule: string): number[] {
  const takesBody = Boolean(route.body ?? route.input ?? route.form);
  const hasParameters = pathParameters(route.path).length > 0;
  const asks = takesBody || hasParameters || Boolean(route.query?.length) || takesIdempotencyKey(route);
  const isOpen = rule === 'anyone' || rule === 'authenticated';
  const statuses = new Set<number>([429, 500, 503, ...(route.errors ?? [])]);
  if (asks) statuses.add(400);
  if (route.auth || takesBody) statuses.add(401);
  if (!isOpen) statuses.add(403);
  if (hasParameters || (!isOpen && rule !== 'admin')) statuses.add(404);
  if (operation.definition.operation === 'mutation') statuses.add(409);
  if (takesBody) statuses.add(413).add(415);
  if (takesIdempotencyKey(route)) statuses.add(422);
  return [...statuses].sort((one, other) => one - other);
}
