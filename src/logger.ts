import { pino, type Logger } from 'pino';

/** The process's log: one JSON object a line, on stderr. Tokens, passwords and keys are cut out wherever they stand. */
export const logger: Logger = pino(
  {
    level: 'warn',
    redact: {
      paths: ['token', 'refreshToken', 'ticket', 'password', 'apiKey', 'authorization'].flatMap((name) => [name, `*.${name}`]),
      censor: '[redacted]',
    },
  },
  pino.destination({ dest: 2, sync: false }),
);

/** Sets how much is written: a pino level. */
export function setLogLevel(level: string): void {
  logger.level = level;
}
