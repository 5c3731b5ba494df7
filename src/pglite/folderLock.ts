import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../makeFolder.js';
import { StartupError } from '../startupError.js';

/**
 * One process per folder. Each process announces itself with an empty file whose name says who it is
 * (`process-<pid>-<start time>.lock`) and then looks whether another living process is announced too.
 *
 * Why no single lock file: taking over the file of a dead process is a race between two that both find it dead.
 * Here nobody takes over anything. Whoever announces second sees the first (two at the same instant may both give up,
 * never both go on), and the file of a dead process may be deleted by anyone, since nobody will ever be called so again.
 */
const lockName = /^process-(\d+)-(\d+)\.lock$/;

/** Ends the hold of a folder. Harmless when called twice. */
export type Release = () => void;

/**
 * Takes the folder for this process, making it where it is missing.
 * @throws StartupError when another living process has it, or when it cannot be written.
 */
export function lockFolder(folder: string): Release {
  const own = `process-${process.pid}-${startTime(process.pid) ?? 0}.lock`;
  const release = () => rmSync(join(folder, own), { force: true });
  try {
    makeFolder(folder);
    writeFileSync(join(folder, own), '');
  } catch (error) {
    throw unwritable(folder, error);
  }
  const holder = otherHolder(folder, own);
  if (holder === undefined) return release;
  release();
  throw new StartupError(
    `The folder ${folder} is in use by process ${holder}: stop that one, or set DATA_DIR to another folder.`,
  );
}

/** The sentence for a folder that cannot be made or written. */
export function unwritable(folder: string, error: unknown): StartupError {
  const reason = (error as NodeJS.ErrnoException).code ?? String(error);
  return new StartupError(
    `The folder ${folder} cannot be written (${reason}): give this user the right to, or set DATA_DIR to another folder.`,
    { cause: error },
  );
}

function otherHolder(folder: string, own: string): number | undefined {
  let holder: number | undefined;
  for (const name of readdirSync(folder)) {
    const match = lockName.exec(name);
    if (!match || name === own) continue;
    const pid = Number(match[1]);
    if (isRunning(pid, Number(match[2]))) holder = pid;
    else rmSync(join(folder, name), { force: true });
  }
  return holder;
}

/** Start time 0 stands for a system that does not tell it; the process id alone decides there. */
function isRunning(pid: number, startedAt: number): boolean {
  // A process id is used again, in a container nearly always (1): the same id with another start is somebody else.
  const now = startTime(pid);
  if (now !== undefined) return startedAt === 0 || startedAt === now;
  if (pid === process.pid || startTime(process.pid) !== undefined) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Clock ticks since boot at which a process started, from proc(5); undefined when it is dead or there is no /proc. */
function startTime(pid: number): number | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined;
  }
  // The second field, the command, may hold spaces and brackets: count from behind its last bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  // Killed, but not yet collected by its parent: it runs nothing any more.
  if (state === 'Z' || state === 'X') return undefined;
  return Number(fields[19]);
}
