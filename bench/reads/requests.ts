import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentNode, parse, print, separateOperations } from 'graphql';
import { presentPersonas } from '../../rest-adapter/personas/personas.presenter.js';
import { presentRun, presentRuns } from '../../rest-adapter/runs/runs.presenter.js';
import { projectRoot } from '../../src/root.js';
import type { BenchViewer } from './seed.js';

/** One request, as the load generator sends it. */
export interface BenchRequest {
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/** One kind of read: the same requests to REST and to GraphQL, and what makes the documented body of GraphQL's answer. */
export interface Read {
  name: string;
  rest: BenchRequest[];
  graphql: BenchRequest[];
  present(data: Record<string, unknown>): unknown;
}

/** The operations that the REST adapter runs, so that GraphQL does the same work. */
function operation(noun: string, name: string): string {
  const document = parse(readFileSync(join(projectRoot, 'rest-adapter', noun, `${noun}.graphql`), 'utf8'));
  return print(separateOperations(document)[name] as DocumentNode);
}

const get = ({ token }: BenchViewer, path: string): BenchRequest => ({ method: 'GET', path, headers: { authorization: `Bearer ${token}` } });

const post = ({ token }: BenchViewer, query: string, variables: object): BenchRequest => ({
  method: 'POST', path: '/graphql', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  body: JSON.stringify({ query, variables }),
});

/** The three reads, each as everyone of the viewers asks for it. */
export function readsOf(viewers: BenchViewer[]): Read[] {
  const queries = { run: operation('runs', 'GetRun'), runs: operation('runs', 'ListRuns'), personas: operation('personas', 'ListPersonas') };
  const runs = viewers.flatMap((viewer) => viewer.runIds.map((id) => ({ viewer, id })));
  return [
    {
      name: 'GET /api/runs/:id (10 steps, 2 artifacts)', present: presentRun,
      rest: runs.map(({ viewer, id }) => get(viewer, `/api/runs/${id}`)),
      graphql: runs.map(({ viewer, id }) => post(viewer, queries.run, { id })),
    },
    {
      name: 'GET /api/runs?limit=20', present: presentRuns,
      rest: viewers.map((viewer) => get(viewer, '/api/runs?limit=20')),
      graphql: viewers.map((viewer) => post(viewer, queries.runs, { limit: 20 })),
    },
    {
      name: 'GET /api/personas', present: presentPersonas,
      rest: viewers.map((viewer) => get(viewer, '/api/personas')),
      graphql: viewers.map((viewer) => post(viewer, queries.personas, {})),
    },
  ];
}
