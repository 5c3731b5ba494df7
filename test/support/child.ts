import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A process started for a test, which speaks in lines of JSON. */
export interface Child {
  process: ChildProcess;
  /** The next thing it says, or undefined when it has ended. */
  next(): Promise<any>;
  /** Kills it as a power cut would, and waits for its end. */
  kill(): Promise<void>;
}

/** Starts `databaseProcess` with these settings. */
export function startDatabaseProcess(settings: object, task = 'close'): Child {
  const program = fileURLToPath(new URL('./databaseProcess.js', import.meta.url));
  const child = spawn(process.execPath, [program, JSON.stringify(settings), task], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const ended = once(child, 'exit');
  return {
    process: child,
    next: async () => {
      const line = await lines.next();
      return line.done ? undefined : JSON.parse(line.value);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
