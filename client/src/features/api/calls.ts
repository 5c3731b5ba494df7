import type { RouteLocationNormalizedLoaded } from 'vue-router';
import { auditQuery } from '../audit/auditQuery';
import { usageQuery } from '../usage/usageQuery';
import type { Call } from './curl';

type Page = Pick<RouteLocationNormalizedLoaded, 'params' | 'query'>;

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
const pageOf = ({ query }: Page, limit: number) => ({ page: text(query.page), limit });

/** By the name of a page: the REST call that gives what it shows. */
const calls: Record<string, (page: Page) => Call> = {
  home: () => ({ path: '/api/runs', query: { limit: 12 } }),
  runs: (page) => {
    const { status, persona, agent } = page.query;
    return { path: '/api/runs', query: { status: text(status), personaId: text(persona), agentId: text(agent), ...pageOf(page, 20) } };
  },
  run: ({ params }) => ({ path: `/api/runs/${String(params.id)}` }),
  personas: (page) => ({ path: '/api/personas', query: { search: text(page.query.search), ...pageOf(page, 24) } }),
  persona: ({ params }) => ({ path: `/api/personas/${String(params.id)}/agents` }),
  personaTools: ({ params }) => ({ path: `/api/personas/${String(params.id)}/tools` }),
  personaInstructions: ({ params }) => ({ path: `/api/personas/${String(params.id)}` }),
  usage: ({ query }) => ({ path: '/api/usage', query: usageQuery((name) => text(query[name]) ?? '') }),
  audit: (page) => ({ path: '/api/audit', query: { ...auditQuery((name) => text(page.query[name]) ?? ''), ...pageOf(page, 50) } }),
  adminUsers: (page) => ({ path: '/api/admin/users', query: { search: text(page.query.search), role: text(page.query.role), ...pageOf(page, 25) } }),
  account: () => ({ path: '/api/users/me' }),
};

/** The REST call that gives what is on the screen; null where there is none. */
export const callOf = (route: RouteLocationNormalizedLoaded): Call | null => calls[String(route.name)]?.(route) ?? null;
