import type { Route } from '../route.js';
import { artifactFile, presentCancelledRun, presentCreatedRun, presentRun, presentRuns } from './runs.presenter.js';

export const runRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/runs',
    operation: 'ListRuns',
    auth: true,
    query: ['page', 'limit', 'personaId', 'agentId', 'status'],
    status: 200,
    present: presentRuns,
    summary: 'List the runs of the personas that the user can see',
  },
  {
    method: 'GET',
    path: '/api/runs/:id',
    operation: 'GetRun',
    auth: true,
    status: 200,
    present: presentRun,
    summary: 'Read a run with its steps and artifacts',
  },
  {
    method: 'POST',
    path: '/api/runs',
    operation: 'CreateRun',
    auth: true,
    input: ['agentId', 'input'],
    limit: 'runs',
    status: 201,
    present: presentCreatedRun,
    summary: 'Start a run',
  },
  {
    method: 'POST',
    path: '/api/runs/:id/cancel',
    operation: 'CancelRun',
    auth: true,
    status: 200,
    present: presentCancelledRun,
    summary: 'Cancel a run that has not ended',
  },
  {
    method: 'GET',
    path: '/api/runs/:id/artifacts/:artifactId',
    operation: 'GetArtifact',
    auth: true,
    status: 200,
    file: artifactFile,
    summary: 'Download a file that the run made',
  },
];
