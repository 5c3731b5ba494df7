import { createRestAdapter, type RestAdapter, type RestAdapterOptions } from '../../rest-adapter/index.js';
import { routes } from '../../rest-adapter/routes.js';
import { unauthorized } from '../../src/errors.js';
import { type Listening, listen } from '../support/listen.js';
import { plainSchema, type Resolver } from './plainSchema.js';

export const id = '00000000-0000-4000-8000-000000000001';
export const viewer = { id, sessionId: id, email: 'demo@example.com', name: 'Demo', role: 'user' as const };
export const persona = {
  id, name: 'Assistant', description: null, systemPrompt: 'Help', ownerId: id, ownerName: 'Demo', defaultProvider: 'local',
  fallbackProviders: [], isActive: true, containerId: null, agents: [], createdAt: '2025-01-28T00:00:00.000Z',
  updatedAt: '2025-01-28T00:00:00.000Z',
};
export const signedIn = { authorization: 'Bearer good' };

/** What the resolvers were given last, and what was logged. */
export const seen: { last?: { args: any; context: any }; logged: unknown[] } = { logged: [] };

/** A resolver that gives always the same answer, or fails with it. */
export const remember = (answer: unknown): Resolver => (args, context) => {
  seen.last = { args, context };
  if (answer instanceof Error) throw answer;
  return answer;
};

const operations = ['Login', 'GetMe', 'ListPersonas', 'GetPersona', 'CreatePersona'];

/** The adapter over a plain schema; the token `good` is the viewer's. */
export function adapterWith(resolvers: Record<string, Resolver>, overrides: Partial<RestAdapterOptions> = {}) {
  return createRestAdapter(plainSchema(resolvers), {
    viewerFromToken: (token) => {
      if (token !== 'good') throw unauthorized();
      return viewer;
    },
    openArtifact: () => { throw new Error('not used'); },
    logError: (error) => seen.logged.push(error),
    routes: routes.filter(({ operation }) => operations.includes(operation)),
    ...overrides,
  });
}

export const resolvers = {
  me: remember({ ...viewer, createdAt: 'then', lastLoginAt: null }),
  persona: remember(persona),
  personas: remember({ data: [persona], pagination: { page: 1, limit: 20, total: 1, totalPages: 1 } }),
  createPersona: remember(persona),
  login: remember({ user: viewer, token: 't', refreshToken: 'r' }),
};

/** Serves the adapter while the tests of a `describe` run; 299 is the answer of what comes after it. */
export function useAdapter(make: () => RestAdapter): Listening {
  const server = {} as Listening; // filled in when it has started
  before(async () => {
    const adapter = make();
    Object.assign(server, await listen((req, res) => adapter(req, res, () => res.writeHead(299).end('next'))));
  });
  after(() => server.close());
  beforeEach(() => {
    seen.last = undefined;
    seen.logged = [];
  });
  return server;
}
