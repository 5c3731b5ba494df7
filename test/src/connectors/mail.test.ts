import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { configureConnector } from '../../../src/connectors/connectors.service.js';
import { useEncryptionKeys } from '../../../src/connectors/encryption.js';
import { mailOfRun } from '../../../src/connectors/runMail.js';
import { allowPrivateHosts } from '../../../src/outbound/hosts.js';
import type { OutgoingMail } from '../../../src/tools/tool.js';
import { useDatabase } from '../../support/database.js';
import { createPersona, createViewer } from '../../support/factories.js';
import { mailAccount, startImap, startSmtp, type TestSmtp } from '../../support/mailServers.js';
import { openToolBench, toolError, type ToolBench } from '../tools/toolRun.js';

const lines = (...list: string[]) => list.join('\r\n');
const inbox = [
  { raw: lines('From: Bob <bob@example.org>', 'To: ann@example.com', 'Subject: Lunch', 'Date: Mon, 13 Jan 2025 10:00:00 +0000', '', 'Soup on Monday?'), flags: ['\\Seen'] },
  {
    raw: lines('From: Eve <eve@example.org>', 'To: ann@example.com', 'Cc: bob@example.org', 'Subject: =?utf-8?q?R=C3=A9sultats?= Q1', 'Date: Tue, 28 Jan 2025 10:00:00 +0000',
      'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/html; charset=utf-8', '', '<p>The <b>report</b> is attached.</p>',
      '--b', 'Content-Type: text/csv', 'Content-Disposition: attachment; filename="../../q1.csv"', '', 'a,b', '1,2', '--b--', ''),
  },
];

describe('mail tools', () => {
  useDatabase();
  let smtp: TestSmtp;
  let imap: Awaited<ReturnType<typeof startImap>>;
  let bench: ToolBench;
  let personaId: string;

  before(async () => {
    useEncryptionKeys({ encryptionKey: 'key' });
    allowPrivateHosts(true);
    [smtp, imap, bench] = await Promise.all([startSmtp(), startImap(inbox), openToolBench()]);
  });
  after(async () => {
    allowPrivateHosts(false);
    imap.close();
    await Promise.all([smtp.close(), bench.close()]);
  });
  beforeEach(() => (smtp.mails.length = 0));

  async function withConnector(change: Record<string, unknown> = {}): Promise<void> {
    const viewer = await createViewer();
    personaId = (await createPersona(viewer)).id;
    await configureConnector(viewer, personaId, 'email', {
      enabled: true, imapHost: '127.0.0.1', imapPort: imap.port, imapUsername: mailAccount.user, imapPassword: mailAccount.password,
      smtpHost: '127.0.0.1', smtpPort: smtp.port, smtpUsername: mailAccount.user, smtpPassword: mailAccount.password, ...change,
    });
  }

  const run = (name: string, args: unknown, signal = new AbortController().signal) =>
    bench.run(name, args, { mail: mailOfRun(personaId, 'run:1', signal), signal });
  const letter = { to: ['hr@example.com'], subject: 'Results', body: 'Here they are.' };

  it('refuse what is no recipient, no id and no day', () => {
    for (const to of [[], ['hr'], ['a@b.c, d@e.f'], ['a@b.c\r\nBcc: x@y.z'], 'hr@example.com']) assert.notDeepEqual(bench.problems('send_email', { ...letter, to }), [], String(to));
    assert.notDeepEqual(bench.problems('read_email', { id: '1:*' }), []);
    assert.notDeepEqual(bench.problems('search_email', { since: 'yesterday' }), []);
  });

  it('say so when the persona has no email connector, or it is off', async () => {
    personaId = (await createPersona(await createViewer())).id;
    for (const [name, args] of [['send_email', letter], ['search_email', {}], ['read_email', { id: '1-1' }]] as const) {
      await assert.rejects(run(name, args), toolError(/^This persona has no email connector/));
    }
    await withConnector({ enabled: false });
    await assert.rejects(run('send_email', letter), toolError(/has no email connector/));
  });

  it('do not tell the password when the server refuses it', async () => {
    await withConnector({ imapPassword: 'canary wrong', smtpPassword: 'canary wrong' });
    for (const [name, args] of [['send_email', letter], ['search_email', {}]] as const) {
      await assert.rejects(run(name, args), (error: Error) => {
        assert.ok(!error.message.includes('canary'));
        return toolError(/^127\.0\.0\.1 refused the username or the password/)(error);
      });
    }
  });

  it('reach no private host where that is not allowed, whatever was stored', async () => {
    await withConnector();
    allowPrivateHosts(false);
    try {
      await assert.rejects(run('send_email', letter), toolError(/public internet/));
      await assert.rejects(run('search_email', {}), toolError(/public internet/));
    } finally {
      allowPrivateHosts(true);
    }
  });

  it('say which server is not there', async () => {
    await withConnector({ smtpPort: 1, imapPort: 1 });
    await assert.rejects(run('send_email', letter), toolError(/^127\.0\.0\.1 did not take part .*ECONNREFUSED|ESOCKET/));
    await assert.rejects(run('search_email', {}), toolError(/ECONNREFUSED/));
  });

  it('end at once when the run is stopped', async () => {
    const silent = createServer();
    const connected = new Promise((resolve) => silent.on('connection', resolve));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    await withConnector({ smtpPort: port });
    const stop = new AbortController();
    const sending = run('send_email', letter, stop.signal);
    sending.catch(() => {});
    await connected;
    stop.abort();
    await assert.rejects(sending);
    await new Promise((resolve) => silent.close(resolve));
  });

  it('send_email refuses an attachment that is missing, and sends nothing', async () => {
    await withConnector();
    await assert.rejects(run('send_email', { ...letter, attachments: ['/workspace/none.pptx'] }), toolError(/no file or folder/));
    assert.equal(smtp.mails.length, 0);
  });

  it('send_email says when nothing was sent, and when that is not known', async () => {
    await withConnector();
    await assert.rejects(run('send_email', { ...letter, to: ['a@refused.example'] }), toolError(/so nothing was sent/));
    await assert.rejects(run('send_email', { ...letter, subject: 'Refuse me' }), toolError(/may have been sent or not|did not take part/));
    assert.equal(smtp.mails.length, 0);
  });

  it('send_email sends text and attachments, encrypted, with the same Message-ID for the same step', async () => {
    await withConnector();
    await bench.run('write_file', { path: '/workspace/ré port.txt', content: 'figures' });
    const args = { ...letter, cc: ['bob@example.com', 'b@refused.example'], subject: 'Results\nBcc: eve@example.com', attachments: ['/workspace/ré port.txt'] };
    const { output } = await run('send_email', args);
    assert.deepEqual(output, {
      messageId: output.messageId, from: mailAccount.user, sentTo: ['hr@example.com', 'bob@example.com'], refused: ['b@refused.example'], attachments: ['ré port.txt'],
    });
    const [{ mail, recipients, isEncrypted }] = smtp.mails as [TestSmtp['mails'][0]];
    assert.deepEqual([recipients, isEncrypted], [['hr@example.com', 'bob@example.com'], true]);
    assert.deepEqual([mail.subject, mail.text?.trim(), mail.messageId, mail.bcc], ['Results Bcc: eve@example.com', 'Here they are.', output.messageId, undefined]);
    assert.deepEqual(mail.attachments.map(({ filename, content }) => [filename, content.toString()]), [['ré port.txt', 'figures']]);
    const again = await run('send_email', letter);
    assert.equal(again.output.messageId, output.messageId);
    const other = await mailOfRun(personaId, 'run:2', new AbortController().signal).send({ ...letter, cc: [], attachments: [] } as OutgoingMail);
    assert.notEqual(other.messageId, output.messageId);
  });

  it('search_email finds by words, sender, subject, day and unread state, the newest first', async () => {
    await withConnector();
    const subjects = async (args: object) => ((await run('search_email', args)).output.mails as { subject: string }[]).map(({ subject }) => subject);
    assert.deepEqual(await subjects({}), ['Résultats Q1', 'Lunch']);
    assert.deepEqual(await subjects({ limit: 1 }), ['Résultats Q1']);
    assert.deepEqual(await subjects({ from: 'bob' }), ['Lunch']);
    assert.deepEqual(await subjects({ query: 'soup' }), ['Lunch']);
    assert.deepEqual(await subjects({ subject: 'lunch', from: 'eve' }), []);
    assert.deepEqual(await subjects({ unread: true }), ['Résultats Q1']);
    await assert.rejects(run('search_email', { folder: 'None' }), toolError(/no folder None/));
    const { output } = await run('search_email', { from: 'bob' });
    const [{ id, size, ...mail }] = output.mails as [Record<string, unknown>];
    assert.match(String(id), /^\d+-\d+$/);
    assert.ok(Number(size) > 50);
    assert.deepEqual(mail, { from: 'Bob <bob@example.org>', subject: 'Lunch', date: '2025-01-13T10:00:00.000Z', unread: false });
  });

  it('read_email reads text and attachments without marking the mail, and saves them only inside the workspace', async () => {
    await withConnector();
    const [{ id }] = (await run('search_email', { from: 'eve' })).output.mails as [{ id: string }];
    await assert.rejects(run('read_email', { id: `9${id}` }), toolError(/There is no mail/));
    await assert.rejects(run('read_email', { id: `${id}99` }), toolError(/There is no mail/));
    const { output, artifacts } = await run('read_email', { id, saveTo: '/workspace/mail' });
    const { text, totalCharacters, ...about } = output;
    assert.match(String(text), /The report is attached\./);
    assert.equal(totalCharacters, String(text).length);
    assert.deepEqual(about, {
      id, from: '"Eve" <eve@example.org>', to: 'ann@example.com', cc: 'bob@example.org', subject: 'Résultats Q1', date: '2025-01-28T10:00:00.000Z',
      attachments: [{ name: '../../q1.csv', mimeType: 'text/csv', size: 8, filePath: '/workspace/mail/_.._q1.csv' }],
    });
    assert.deepEqual(artifacts, ['/workspace/mail/_.._q1.csv']);
    assert.equal((await bench.read('/workspace/mail/_.._q1.csv')).toString().trim().replace('\r', ''), 'a,b\n1,2');
    assert.equal(((await run('search_email', { unread: true })).output.mails as unknown[]).length, 1);
  });
});
