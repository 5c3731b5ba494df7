import { createSecretKey } from 'node:crypto';
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import jwt from 'jsonwebtoken';
import { LRUCache } from 'lru-cache';
import pg from 'pg';
import { serveBench } from './process.js';

// The rival at its best: every statement prepared, one for each read with the access check within, the key made once, checked
// tokens kept, no ETag. It asks for the session on each request, because another process may have ended it.

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
const key = createSecretKey(process.env.JWT_SECRET!, 'utf8');
const claimsOf = new LRUCache<string, jwt.JwtPayload>({ max: 10_000 });

class HttpError extends Error {
  constructor(readonly status: number, readonly body: object) {
    super();
  }
}
const unauthorized = () => new HttpError(401, { error: 'Authentication required', code: 'UNAUTHORIZED' });
const invalid = (details: object) => new HttpError(400, { error: 'Validation error', code: 'VALIDATION_ERROR', details });

const query = async (name: string, text: string, values: unknown[]) => (await pool.query({ name, text, values })).rows;

function verified(token: string): jwt.JwtPayload {
  const known = claimsOf.get(token);
  if (known && known.exp! > Date.now() / 1000) return known;
  const claims = jwt.verify(token, key, { algorithms: ['HS256'], issuer: 'persona-platform', audience: 'persona-platform' }) as jwt.JwtPayload;
  claimsOf.set(token, claims);
  return claims;
}

const sessionSql = `select u.id from sessions s join users u on u.id = s.user_id where s.id = $1 and s.ended_at is null and u.is_active`;

const authenticate: RequestHandler = async (req, res, next) => {
  const header = req.headers.authorization ?? '';
  if (!header.startsWith('Bearer ')) throw unauthorized();
  let claims: jwt.JwtPayload;
  try {
    claims = verified(header.slice(7));
  } catch {
    throw unauthorized();
  }
  const [user] = await query('session', sessionSql, [claims.sid]);
  if (!user) throw unauthorized();
  res.locals.userId = user.id;
  next();
};

function send(res: Response, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text), 'cache-control': 'no-store' });
  res.end(text);
}

function pageOf({ query: { page = '1', limit = '20' } }: Request) {
  const details: Record<string, string> = {};
  if (!/^[1-9]\d*$/.test(page as string)) details.page = 'Page must be a whole number of at least 1';
  if (!/^\d+$/.test(limit as string) || Number(limit) < 1 || Number(limit) > 100) details.limit = 'Limit must be from 1 to 100';
  if (Object.keys(details).length > 0) throw invalid(details);
  return { page: Number(page), limit: Number(limit), offset: (Number(page) - 1) * Number(limit) };
}

const paginated = (data: unknown[], { page, limit }: { page: number; limit: number }, total: number) =>
  ({ data, pagination: { page, limit, total, totalPages: Math.ceil(total / limit) } });

/** The total stands in each row; behind the last page there is none, and the first row tells it. */
async function listPage(name: string, text: string, values: unknown[], page: { limit: number; offset: number }) {
  const rows = await query(name, text, [...values, page.limit, page.offset]);
  if (rows.length > 0 || page.offset === 0) return { rows, total: Number(rows[0]?.total ?? 0) };
  const [first] = await query(name, text, [...values, 1, 0]);
  return { rows, total: Number(first?.total ?? 0) };
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const iso = (text: string) => new Date(text).toISOString();

const runSql = `
  select r.id, r.agent_id as "agentId", a.name as "agentName", r.persona_id as "personaId", p.name as "personaName",
    r.user_id as "userId", u.name as "userName", r.status, r.input, r.output, r.error_message as "errorMessage",
    r.started_at as "startedAt", r.completed_at as "completedAt", r.created_at as "createdAt",
    p.owner_id = $2 or exists (select from persona_members m where m.persona_id = p.id and m.user_id = $2) as allowed,
    (select json_agg(json_build_object('id', s.id, 'stepNumber', s.step_number, 'stepType', s.step_type, 'toolId', s.tool_id,
      'toolName', s.tool_name, 'input', s.input, 'output', s.output, 'durationMs', s.duration_ms, 'createdAt', s.created_at)
      order by s.step_number) from run_steps s where s.run_id = r.id) as steps,
    (select json_agg(json_build_object('id', f.id, 'name', f.name, 'filePath', f.file_path, 'fileSize', f.file_size,
      'mimeType', f.mime_type, 'createdAt', f.created_at) order by f.created_at, f.id) from artifacts f where f.run_id = r.id) as artifacts
  from runs r join agents a on a.id = r.agent_id join personas p on p.id = r.persona_id join users u on u.id = r.user_id
  where r.id = $1`;

async function readRun(req: Request, res: Response): Promise<void> {
  const { id } = req.params as { id: string };
  if (!uuid.test(id)) throw invalid({ id: 'ID must be a UUID' });
  const [row] = await query('run', runSql, [id, res.locals.userId]);
  if (!row) throw new HttpError(404, { error: 'Run not found', code: 'NOT_FOUND' });
  const { allowed, steps, artifacts, ...run } = row;
  if (!allowed) throw new HttpError(403, { error: 'Access denied', code: 'FORBIDDEN' });
  run.steps = steps ?? [];
  run.artifacts = artifacts ?? [];
  for (const step of run.steps) {
    step.createdAt = iso(step.createdAt);
    // Only a tool call has a tool.
    if (step.stepType === 'tool_call') continue;
    delete step.toolId;
    delete step.toolName;
  }
  for (const artifact of run.artifacts) artifact.createdAt = iso(artifact.createdAt);
  send(res, 200, run);
}

const runsSql = (filters: string) => `
  select r.id, r.agent_id as "agentId", a.name as "agentName", r.persona_id as "personaId", p.name as "personaName", r.status,
    r.input, r.output, r.started_at as "startedAt", r.completed_at as "completedAt", r.created_at as "createdAt", page.total
  from (
    with mine as materialized (
      select id from personas where owner_id = $1 union select persona_id from persona_members where user_id = $1
    )
    select newest.id, (select count(*)::int from mine join runs r on r.persona_id = mine.id ${filters}) as total
    from mine, lateral (
      select r.id, r.created_at from runs r where r.persona_id = mine.id ${filters} order by r.created_at desc, r.id desc limit $LIMIT + $OFFSET
    ) newest order by newest.created_at desc, newest.id desc limit $LIMIT offset $OFFSET
  ) page join runs r using (id) join personas p on p.id = r.persona_id join agents a on a.id = r.agent_id
  order by r.created_at desc, r.id desc`;

const filterColumns = { personaId: 'persona_id', agentId: 'agent_id', status: 'status' } as const;
type Filter = keyof typeof filterColumns;
const statuses = new Set(['pending', 'running', 'completed', 'failed', 'cancelled']);

async function requireFilters(filters: Filter[], { query: given }: Request, userId: string): Promise<void> {
  const details: Record<string, string> = {};
  for (const name of filters) {
    const value = given[name] as string;
    if (name === 'status' ? !statuses.has(value) : !uuid.test(value)) details[name] = `${name} is not valid`;
  }
  if (Object.keys(details).length > 0) throw invalid(details);
  for (const name of filters) {
    if (name === 'status') continue;
    const table = name === 'personaId' ? 'personas x join personas p using (id)' : 'agents x join personas p on p.id = x.persona_id';
    const [found] = await query(`access_${name}`, `select p.owner_id = $2 or exists (select from persona_members m
      where m.persona_id = p.id and m.user_id = $2) as allowed from ${table} where x.id = $1`, [given[name], userId]);
    if (!found?.allowed) throw new HttpError(found ? 403 : 404, { error: found ? 'Access denied' : 'Not found', code: found ? 'FORBIDDEN' : 'NOT_FOUND' });
  }
}

async function listRuns(req: Request, res: Response): Promise<void> {
  const page = pageOf(req);
  const filters = (Object.keys(filterColumns) as Filter[]).filter((name) => req.query[name]);
  if (filters.length > 0) await requireFilters(filters, req, res.locals.userId);
  const where = filters.map((name, i) => `and r.${filterColumns[name]} = $${i + 2}`).join(' ');
  const text = runsSql(where).replaceAll('$LIMIT', `$${filters.length + 2}::int`).replaceAll('$OFFSET', `$${filters.length + 3}::int`);
  const values = [res.locals.userId, ...filters.map((name) => req.query[name])];
  const { rows, total } = await listPage(`runs_${filters.join('_')}`, text, values, page);
  for (const row of rows) delete row.total;
  send(res, 200, paginated(rows, page, total));
}

const personasSql = (filter: string) => `
  select p.id, p.name, p.description, p.owner_id as "ownerId", o.name as "ownerName", p.default_provider as "defaultProvider",
    p.is_active as "isActive", p.created_at as "createdAt", p.updated_at as "updatedAt", page.total
  from (
    select p.id, count(*) over ()::int as total from personas p
    where (p.owner_id = $1 or p.id in (select persona_id from persona_members where user_id = $1)) ${filter}
    order by p.created_at desc, p.id limit $2 offset $3
  ) page join personas p using (id) join users o on o.id = p.owner_id
  order by p.created_at desc, p.id`;

async function listPersonas(req: Request, res: Response): Promise<void> {
  const page = pageOf(req);
  const search = req.query.search as string | undefined;
  const text = search ? personasSql('and position(lower($4) in lower(p.name)) > 0') : personasSql('');
  const rows = await query(search ? 'personas_search' : 'personas', text, [res.locals.userId, page.limit, page.offset, ...(search ? [search] : [])]);
  const total = rows[0]?.total ?? 0;
  for (const row of rows) delete row.total;
  send(res, 200, paginated(rows, page, total));
}

const app = express();
app.disable('x-powered-by');
app.disable('etag');
app.get('/api/runs/:id', authenticate, readRun);
app.get('/api/runs', authenticate, listRuns);
app.get('/api/personas', authenticate, listPersonas);
app.use((error: unknown, _req: Request, res: Response, _next: NextFunction) => {
  if (error instanceof HttpError) return send(res, error.status, error.body);
  console.error(error);
  send(res, 500, { error: 'Internal server error', code: 'INTERNAL_ERROR' });
});
serveBench(app);
