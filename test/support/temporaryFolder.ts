import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own under the system's temporary one. */
export const temporaryFolder = () => mkdtemp(join(tmpdir(), 'persona-test-'));
