import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import jwt from 'jsonwebtoken';
import Knex from 'knex';
import { serveBench } from './process.js';

// The rival as most would write it: the query builder, the secret as text, a middleware for each concern, res.json.

const knex = Knex({ client: 'pg', connection: process.env.DATABASE_URL, pool: { min: 2, max: 10 } });
const secret = process.env.JWT_SECRET!;

const authenticate: RequestHandler = async (req, res, next) => {
  const token = req.headers.authorization?.replace(/^Bearer /, '');
  if (!token) return void res.status(401).json({ error: 'Authentication required', code: 'UNAUTHORIZED' });
  let payload: jwt.JwtPayload;
  try {
    payload = jwt.verify(token, secret, { issuer: 'persona-platform', audience: 'persona-platform' }) as jwt.JwtPayload;
  } catch {
    return void res.status(401).json({ error: 'Authentication required', code: 'UNAUTHORIZED' });
  }
  const user = await knex('sessions')
    .join('users', 'users.id', 'sessions.user_id')
    .where({ 'sessions.id': payload.sid, 'users.is_active': true })
    .whereNull('sessions.ended_at')
    .select('users.id', 'users.email', 'users.name', 'users.role')
    .first();
  if (!user) return void res.status(401).json({ error: 'Authentication required', code: 'UNAUTHORIZED' });
  res.locals.user = user;
  next();
};

const pageOf = ({ query }: Request) => {
  const page = Math.max(1, Number(query.page ?? 1));
  const limit = Math.min(100, Math.max(1, Number(query.limit ?? 20)));
  return { page, limit, offset: (page - 1) * limit };
};

const paginated = (data: unknown[], { page, limit }: { page: number; limit: number }, total: number) =>
  ({ data, pagination: { page, limit, total, totalPages: Math.ceil(total / limit) } });

const visiblePersonas = (userId: string) =>
  knex('personas').leftJoin('persona_members', function () {
    this.on('persona_members.persona_id', 'personas.id').andOn('persona_members.user_id', knex.raw('?', [userId]));
  }).where((where) => void where.where('personas.owner_id', userId).orWhereNotNull('persona_members.id'));

const app = express();
app.use(express.json());
app.use('/api', authenticate);

app.get('/api/runs/:id', async (req, res) => {
  const run = await knex('runs')
    .join('agents', 'agents.id', 'runs.agent_id')
    .join('personas', 'personas.id', 'runs.persona_id')
    .join('users', 'users.id', 'runs.user_id')
    .where('runs.id', req.params.id)
    .select('runs.*', 'agents.name as agent_name', 'personas.name as persona_name', 'personas.owner_id', 'users.name as user_name')
    .first();
  if (!run) return void res.status(404).json({ error: 'Run not found', code: 'NOT_FOUND' });
  const userId = res.locals.user.id;
  if (run.owner_id !== userId) {
    const member = await knex('persona_members').where({ persona_id: run.persona_id, user_id: userId }).first();
    if (!member) return void res.status(403).json({ error: 'Access denied', code: 'FORBIDDEN' });
  }
  const [steps, artifacts] = await Promise.all([
    knex('run_steps').where({ run_id: run.id }).orderBy('step_number'),
    knex('artifacts').where({ run_id: run.id }).orderBy(['created_at', 'id']),
  ]);
  res.json({
    id: run.id, agentId: run.agent_id, agentName: run.agent_name, personaId: run.persona_id, personaName: run.persona_name,
    userId: run.user_id, userName: run.user_name, status: run.status, input: run.input, output: run.output,
    errorMessage: run.error_message, startedAt: run.started_at, completedAt: run.completed_at, createdAt: run.created_at,
    steps: steps.map((step) => ({
      id: step.id, stepNumber: step.step_number, stepType: step.step_type,
      ...(step.step_type === 'tool_call' && { toolId: step.tool_id, toolName: step.tool_name }),
      input: step.input, output: step.output, durationMs: step.duration_ms, createdAt: step.created_at,
    })),
    artifacts: artifacts.map((artifact) => ({
      id: artifact.id, name: artifact.name, filePath: artifact.file_path, fileSize: Number(artifact.file_size),
      mimeType: artifact.mime_type, createdAt: artifact.created_at,
    })),
  });
});

app.get('/api/runs', async (req, res) => {
  const page = pageOf(req);
  const { personaId, agentId, status } = req.query;
  const found = knex('runs').whereIn('runs.persona_id', visiblePersonas(res.locals.user.id).select('personas.id'));
  if (personaId) found.where('runs.persona_id', personaId as string);
  if (agentId) found.where('runs.agent_id', agentId as string);
  if (status) found.where('runs.status', status as string);
  const [runs, [{ count }]] = await Promise.all([
    found.clone()
      .join('agents', 'agents.id', 'runs.agent_id')
      .join('personas', 'personas.id', 'runs.persona_id')
      .orderBy([{ column: 'runs.created_at', order: 'desc' }, { column: 'runs.id', order: 'desc' }])
      .limit(page.limit).offset(page.offset)
      .select('runs.*', 'agents.name as agent_name', 'personas.name as persona_name'),
    found.clone().count('* as count') as unknown as Promise<[{ count: string }]>,
  ]);
  const data = runs.map((run) => ({
    id: run.id, agentId: run.agent_id, agentName: run.agent_name, personaId: run.persona_id, personaName: run.persona_name,
    status: run.status, input: run.input, output: run.output, startedAt: run.started_at, completedAt: run.completed_at, createdAt: run.created_at,
  }));
  res.json(paginated(data, page, Number(count)));
});

app.get('/api/personas', async (req, res) => {
  const page = pageOf(req);
  const found = visiblePersonas(res.locals.user.id);
  if (req.query.search) found.whereILike('personas.name', `%${req.query.search as string}%`);
  const [personas, [{ count }]] = await Promise.all([
    found.clone()
      .join('users', 'users.id', 'personas.owner_id')
      .orderBy([{ column: 'personas.created_at', order: 'desc' }, { column: 'personas.id' }])
      .limit(page.limit).offset(page.offset)
      .select('personas.*', 'users.name as owner_name'),
    found.clone().count('* as count') as unknown as Promise<[{ count: string }]>,
  ]);
  const data = personas.map((persona) => ({
    id: persona.id, name: persona.name, description: persona.description, ownerId: persona.owner_id, ownerName: persona.owner_name,
    defaultProvider: persona.default_provider, isActive: persona.is_active, createdAt: persona.created_at, updatedAt: persona.updated_at,
  }));
  res.json(paginated(data, page, Number(count)));
});

app.use((error: unknown, _req: Request, res: Response, _next: NextFunction) => {
  console.error(error);
  res.status(500).json({ error: 'Internal server error', code: 'INTERNAL_ERROR' });
});

serveBench(app);
