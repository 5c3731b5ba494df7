import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { AddressInfo, Server } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** The account that both servers know. */
export const mailAccount = { user: 'ann@example.com', password: 'canary-mail-password' };

export interface TestSmtp {
  port: number;
  /** What has arrived, taken apart. */
  mails: { mail: ParsedMail; recipients: string[]; isEncrypted: boolean }[];
  close(): Promise<void>;
}

/** A real SMTP server on loopback. It refuses recipients of `refused.example`, and every mail whose subject is "Refuse me". */
export async function startSmtp(): Promise<TestSmtp> {
  const mails: TestSmtp['mails'] = [];
  const server = new SMTPServer({
    // Silences the warning that its own certificate is known to everyone.
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      username === mailAccount.user && password === mailAccount.password
        ? done(null, { user: username })
        : done(new Error(`Wrong password ${password}`)),
    onRcptTo: ({ address }, _session, done) => done(address.endsWith('@refused.example') ? new Error(`No ${mailAccount.password}`) : null),
    onData(stream, session, done) {
      simpleParser(stream).then((mail) => {
        if (mail.subject === 'Refuse me') return done(new Error('Refused'));
        mails.push({ mail, recipients: session.envelope.rcptTo.map(({ address }) => address), isEncrypted: session.secure });
        return done();
      }, done);
    },
  });
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return {
    port: (listening.address() as AddressInfo).port, mails,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

interface ImapServer {
  listen(port: number, host: string): void;
  close(): void;
  server: Server;
}

/** A real IMAP server on loopback with these mails in INBOX, the oldest first. */
export async function startImap(messages: { raw: string; flags?: string[]; internaldate?: string }[]): Promise<{ port: number; close(): void }> {
  const hoodiecrow = createRequire(import.meta.url)('hoodiecrow-imap') as (options: object) => ImapServer;
  const server = hoodiecrow({
    plugins: ['ID', 'ENABLE', 'LITERALPLUS', 'UNSELECT'], users: { [mailAccount.user]: { password: mailAccount.password } },
    storage: { INBOX: { messages }, '': {} },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return { port: (server.server.address() as AddressInfo).port, close: () => server.close() };
}
