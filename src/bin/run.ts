import { logger } from '../logger.js';
import { StartupError } from '../startupError.js';

/** npm passes a Ctrl-C on to a program that the terminal has told already: what comes so soon is the same one. */
const sameSignal = 500;

/** Longer than this no stop may take, in milliseconds; what is left then is picked up by the next start. */
const longestStop = 9500;

/** A command that goes on until it is told to end. */
export interface Running {
  /** Printed once the command can be stopped in order. */
  says: string;
  stop(): Promise<void>;
}

/**
 * Runs a command: a StartupError becomes one sentence and exit code 1. One that goes on is stopped in order by Ctrl-C or
 * SIGTERM and exits with 0; told again, it exits at once.
 */
export async function run(command: () => Promise<Running | void>): Promise<void> {
  try {
    const running = await command();
    if (!running) process.exit(0);
    stopOnSignal(running.stop);
    console.log(running.says);
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

function stopOnSignal(stop: () => Promise<void>): void {
  let stoppingSince: number | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stoppingSince !== undefined) {
      if (performance.now() - stoppingSince > sameSignal) process.exit(signal === 'SIGINT' ? 130 : 143);
      return;
    }
    stoppingSince = performance.now();
    process.stderr.write('Stopping …\n');
    setTimeout(() => {
      logger.error('The stop took too long and was cut off');
      process.exit(1);
    }, longestStop).unref();
    stop().then(() => process.exit(0), (error: unknown) => {
      logger.error({ err: error }, 'The stop failed');
      process.exit(1);
    });
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
}
