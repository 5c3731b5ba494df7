import assert from 'node:assert/strict';
import { configureConnector } from '../../../src/connectors/connectors.service.js';
import { useEncryptionKeys } from '../../../src/connectors/encryption.js';
import { knex } from '../../../src/db.js';
import { allowPrivateHosts } from '../../../src/outbound/hosts.js';
import type { Provider } from '../../../src/providers/provider.js';
import { createLocalProvider } from '../../../src/providers/local/index.js';
import { findBuiltin } from '../../../src/tools/registry.js';
import { claimRun } from '../../../src/worker/lease.js';
import { workRun } from '../../../src/worker/workRun.js';
import { useDatabase } from '../../support/database.js';
import { calls, engine, makeAgent, newRun, readRun, readSteps, says, scriptedProvider } from '../../support/engine.js';
import { mailAccount, startSmtp, type TestSmtp } from '../../support/mailServers.js';

const tools = ['generate_powerpoint', 'send_email'].map((name) => findBuiltin(name)!);

describe('a presentation that is made and sent by mail', function () {
  this.timeout(60_000);
  useDatabase();
  let smtp: TestSmtp;

  before(async () => {
    useEncryptionKeys({ encryptionKey: 'key' });
    allowPrivateHosts(true);
    smtp = await startSmtp();
  });
  after(async () => {
    allowPrivateHosts(false);
    await smtp.close();
  });
  beforeEach(() => (smtp.mails.length = 0));

  async function complete(provider: Provider, input: string, hasConnector = true) {
    const agent = await makeAgent(tools, { defaultProvider: provider.name });
    const viewer = { id: agent.user.id, sessionId: '', email: agent.user.email, name: agent.user.name, role: agent.user.role };
    if (hasConnector) {
      await configureConnector(viewer, agent.persona.id, 'email', {
        enabled: true, imapHost: '127.0.0.1', imapPort: 143, imapUsername: mailAccount.user, imapPassword: mailAccount.password,
        smtpHost: '127.0.0.1', smtpPort: smtp.port, smtpUsername: mailAccount.user, smtpPassword: mailAccount.password,
      });
    }
    const { work } = await engine([provider], tools);
    const { id } = await newRun(agent, input);
    await workRun((await claimRun('test'))!, work, new AbortController().signal);
    const run = await readRun(id);
    assert.equal(run.status, 'completed', run.errorMessage ?? '');
    return { run, steps: await readSteps(id) };
  }

  const request = 'Create a PowerPoint about Q1 results and send it to hr@example.com';

  it('says that there is no connector, and sends nothing', async () => {
    const { run, steps } = await complete(createLocalProvider(), request, false);
    const step = steps.find(({ toolName }) => toolName === 'send_email')!;
    assert.deepEqual([step.status, step.errorCode], ['failed', 'TOOL_FAILED']);
    assert.match(run.output!, /no email connector/);
    assert.equal(smtp.mails.length, 0);
  });

  it('reaches the one it is for, by the rules of the local provider', async () => {
    const { run, steps } = await complete(createLocalProvider(), request);
    const done = steps.filter(({ stepType }) => stepType === 'tool_call').map(({ toolName, status }) => [toolName, status]);
    assert.deepEqual(done, [['generate_powerpoint', 'completed'], ['send_email', 'completed']], run.output!);
    const [{ mail, recipients }] = smtp.mails as [TestSmtp['mails'][0]];
    assert.equal(smtp.mails.length, 1);
    assert.deepEqual(recipients, ['hr@example.com']);
    assert.match(mail.subject!, /Q1/);
    assert.match(run.output!, /The e-mail was sent to hr@example\.com\./);
    const [file] = mail.attachments;
    assert.match(file!.filename!, /\.pptx$/);
    assert.equal(file!.contentType, 'application/vnd.openxmlformats-officedocument.presentationml.presentation');
    assert.equal(file!.content.subarray(0, 2).toString(), 'PK');
  });

  it('leaves no password in what is kept of the run, also when the server repeats it', async () => {
    const provider = scriptedProvider([
      () => calls(['send_email', { to: ['a@refused.example'], subject: 'x', body: 'y' }]),
      () => calls(['send_email', { to: ['a@example.com'], subject: 'x', body: 'y' }]), () => says('Sent'),
    ]);
    const { run, steps } = await complete(provider, 'send');
    assert.deepEqual(steps.filter(({ stepType }) => stepType === 'tool_call').map(({ status }) => status), ['failed', 'completed']);
    const kept = [run, steps, await knex()('run_events').where({ run_id: run.id }), await knex()('audit_logs')];
    assert.ok(!JSON.stringify(kept).includes(mailAccount.password));
  });
});
