import { randomUUID } from 'node:crypto';
import { signAccessToken } from '../../src/auth/accessToken.js';
import { issueRefreshToken } from '../../src/auth/refreshTokens.js';
import { Session } from '../../src/auth/session.model.js';
import { knex, transaction } from '../../src/db.js';
import { begin } from '../../src/idempotency/idempotency.service.js';
import { PersonaMember } from '../../src/members/personaMember.model.js';
import { Run } from '../../src/runs/run.model.js';
import { insertEvent } from '../../src/runs/runEvents.js';
import { RunStep } from '../../src/runs/runStep.model.js';
import { StepAttempt } from '../../src/runs/stepAttempt.model.js';
import { ToolRow } from '../../src/tools/tool.model.js';
import { User } from '../../src/users/user.model.js';
import { type Everything, fillWorld, idsOf, makeEverything } from '../rest-adapter/everything.js';
import { makePlace } from '../rest-adapter/world.js';
import { type Account, password, type TestServer } from '../support/server.js';
import { everyRow, plantCanaries } from './canaries.js';
import type { Person, Row, What } from './row.js';

type Ids = Record<string, string>;

/** Two personas that know nothing of each other, everything in them marked, and everyone who may ask for them. */
export class AccessWorld {
  /** What was marked of `theirs`, and which columns of the database could not be because their table has no row. */
  planted: string[] = [];
  without: string[] = [];
  /** Their rows as they are at the beginning, by table. */
  theirRows = new Map<string, string[]>();
  private readonly accounts = {} as Record<Exclude<Person, 'nobody'>, Account>;
  readonly ids = {} as Record<'ours' | 'theirs' | 'spare', Ids>;
  private ours!: Everything;
  /** Everyone's; every persona has the first, and none the other. */
  private tools!: Ids;
  /** Someone with whom a persona can be shared. */
  private newcomer!: Account;

  constructor(private readonly server: TestServer) {}

  /** Call it while the tables are empty: all that is there after the first half is theirs. */
  async make(): Promise<this> {
    const theirs = await this.makePersona();
    Object.assign(this, await plantCanaries('theirs'));
    this.theirRows = await everyRow();
    this.ours = await this.makePersona();
    const { id: otherToolId } = await ToolRow.query().findOne({ name: 'read_file' }).throwIfNotFound();
    this.tools = { toolId: theirs.ids.toolId!, otherToolId };
    this.ids.theirs = theirs.ids;
    this.ids.ours = this.ours.ids;
    const { owner, editor, viewer } = this.ours;
    const ended = await this.server.signIn(owner.email);
    await this.server.request('POST', '/api/auth/logout', { token: ended.token });
    const deactivated = await this.server.signIn('deactivated@example.com');
    await PersonaMember.query().insert({ personaId: this.ids.ours.personaId, userId: deactivated.id, role: 'editor' });
    await plantCanaries('ours');
    // What these have is theirs to see, so it has no mark.
    const stranger = await this.server.signIn('stranger@example.com');
    this.newcomer = await this.server.signIn('newcomer@example.com');
    const admin = await this.server.signIn('admin@example.com', 'admin');
    await this.server.request('PUT', `/api/admin/users/${deactivated.id}`, { token: admin.token, body: { isActive: false } });
    Object.assign(this.accounts, { owner, editor, viewer, stranger, admin, ended, deactivated });
    this.ids.spare = await this.place();
    return this;
  }

  /** Everything that a persona can have, and what is left behind by those who work with it. */
  private async makePersona(): Promise<Everything> {
    const world = await makeEverything(this.server);
    const { runId } = world.ids;
    const step = await RunStep.query().findOne({ run_id: runId }).throwIfNotFound();
    const attempt = { stepId: step.id, attemptNumber: 1, provider: 'openai', model: 'm', status: 'failed', errorKind: 'overloaded', errorMessage: 'Busy', durationMs: 1 };
    await StepAttempt.query().insert(attempt as never);
    await transaction((trx) => insertEvent(trx, runId!, 1, 'run:completed', { status: 'completed', output: 'Done' }));
    await Run.query().findById(runId!).patch({ lastSeq: 1 });
    await begin(world.owner, 'key', 'request');
    await this.server.request('POST', '/api/ws/ticket', { token: world.owner.token });
    await knex()('socket_tickets').update({ expires_at: '2101-01-01' });
    return world;
  }

  private async place(): Promise<Ids> {
    const world = await makePlace(this.ours);
    const ids = await fillWorld(this.server, world);
    await Run.query().findById(ids.runId!).patch({ status: 'pending' });
    return ids;
  }

  /** The token that someone asks with; of a new account like theirs when the row uses it up. */
  async token(person: Person, { uses }: Row): Promise<string | undefined> {
    if (person === 'nobody') return undefined;
    const { id, token } = this.accounts[person];
    return uses === 'account' && !['ended', 'deactivated'].includes(person) ? this.tokenLike(id) : token;
  }

  private async tokenLike(id: string): Promise<string> {
    const { role } = await User.query().findById(id).throwIfNotFound();
    const { passwordHash } = await User.query().findById(this.accounts.stranger.id).throwIfNotFound();
    const user = await User.query().insert({ email: `${randomUUID()}@example.com`, name: 'Like', role, passwordHash });
    const session = await Session.query().insert({ userId: user.id });
    return signAccessToken(user.id, session.id);
  }

  /** The value of each `$name` of a row. What someone may change is not marked, so that the marks stay. */
  async values(what: What, isAllowed: boolean, row: Row): Promise<Record<string, string>> {
    const { ours, theirs, spare } = this.ids;
    const place = !isAllowed || (isReading(row) && !row.uses) ? ours : row.uses === 'place' ? await this.place() : spare;
    const own = { ...place, ...this.tools };
    const foreign = { ...theirs, ...this.tools };
    const unknown = Object.fromEntries(Object.keys(own).map((name) => [name, randomUUID()]));
    const mixed = { ...ours, ...Object.fromEntries(idNames(row).slice(1).map((name) => [name, foreign[name]!])) };
    if (row.run && isAllowed) await this[row.run](own.runId!);
    return {
      ...{ own, foreign, mixed, unknown }[what], password, email: this.accounts.stranger.email, newcomer: this.newcomer.email,
      newEmail: `${randomUUID()}@example.com`, text: randomUUID(), refreshToken: await this.refreshToken(),
    };
  }

  private async ended(runId: string): Promise<void> {
    await Run.query().findById(runId).patch({ status: 'completed', completedAt: new Date() });
  }

  private async waiting(runId: string): Promise<void> {
    await Run.query().findById(runId).patch({ status: 'running', waitingFor: 'approval' });
    await RunStep.query().insert({ runId, stepNumber: 3, stepType: 'tool_call', status: 'waiting', toolName: 'send_email', toolCallId: 'c', input: {} });
  }

  private async refreshToken(): Promise<string> {
    const session = await Session.query().insert({ userId: this.accounts.stranger.id });
    return transaction((trx) => issueRefreshToken(trx, session.id));
  }
}

/** Whether what a row asks for is as before afterwards. The marked file has no bytes. */
const isReading = ({ name, file }: Row): boolean => /^(Query|GET|Subscription)\b/.test(name) && !file;

/** The ids that a row asks with: those of its path, then those that are given. */
function idNames({ name, given }: Row): string[] {
  const path = name.includes('/') ? idsOf(name.slice(name.indexOf('/'))) : [];
  return [...path, ...Array.from(JSON.stringify(given).matchAll(/"\$(\w+Id)"/g), ([, id]) => id!)];
}
