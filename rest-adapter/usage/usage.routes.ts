import type { Route } from '../route.js';
import { presentUsage } from './usage.presenter.js';

export const usageRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/usage',
    operation: 'GetUsage',
    auth: true,
    query: ['personaId', 'from', 'to', 'interval', 'timeZone'],
    status: 200,
    present: presentUsage,
    summary: 'Count runs, steps, tokens and cost over time, by persona and by provider',
  },
];
