import type { Knex } from 'knex';
import { knex, transaction } from '../db.js';
import { logger } from '../logger.js';
import type { ArtifactStore } from './artifactStore.js';

/*
 * Bytes of artifacts are stored once, however many artifacts have them. A deletion notes the hashes that it took artifacts from, in
 * its own transaction, so that a crash after it forgets none. Later each is looked at: bytes that no artifact names are
 * removed. A file that no deletion has noted is never touched, so a folder that another database belongs to is safe.
 *
 * A worker keeps bytes a moment before it commits the artifact that names them. What was kept of late is therefore let be and
 * looked at again; the store sees to it that bytes kept at the very moment of the removal stay.
 */

/** How long bytes rest before they are removed, in milliseconds: much longer than a worker takes to commit. */
export const restMs = 60_000;

/** Notes the bytes of all artifacts of a persona or an agent, which is about to be deleted. */
export async function noteArtifacts(trx: Knex.Transaction, owner: { personaId: string } | { agentId: string }): Promise<void> {
  const [column, id] = 'personaId' in owner ? ['persona_id', owner.personaId] : ['agent_id', owner.agentId];
  await trx.raw(
    `insert into artifact_removals (sha256, due_at)
     select distinct f.sha256, now() from artifacts f join runs r on r.id = f.run_id where r.:column: = :id
     on conflict (sha256) do nothing`,
    { column, id },
  );
}

/** Removes the noted bytes that no artifact names. Gives how many files it removed. */
export async function removeArtifacts(store: ArtifactStore, rest = restMs): Promise<number> {
  const noted: string[] = await knex()('artifact_removals').where('due_at', '<=', knex().fn.now()).limit(1000).pluck('sha256');
  let removed = 0;
  for (const sha256 of noted) if (await settle(store, sha256, rest)) removed += 1;
  return removed;
}

/** Locked, so that a deletion that notes the same bytes waits, and then notes them anew. */
const settle = (store: ArtifactStore, sha256: string, rest: number): Promise<boolean> =>
  transaction(async (trx) => {
    const note = () => trx('artifact_removals').where({ sha256 });
    if (!(await note().forUpdate().skipLocked().first('sha256'))) return false;
    const isNamed = await trx('artifacts').where({ sha256 }).first('id');
    if (isNamed) await store.restore(sha256);
    const outcome = isNamed ? 'named' : await store.remove(sha256, rest);
    if (outcome === 'fresh') await note().update({ due_at: new Date(Date.now() + rest) });
    else await note().delete();
    return outcome === 'removed';
  });

/** Removes such bytes at once, and every minute until the given function is called. */
export function startRemovingArtifacts(store: ArtifactStore): () => Promise<void> {
  let working = Promise.resolve();
  const look = () => {
    working = working.then(() => removeArtifacts(store)).then(() => {}, (error: unknown) => logger.error({ err: error }, 'Bytes of deleted artifacts could not be removed'));
  };
  const timer = setInterval(look, restMs);
  timer.unref();
  look();
  return () => {
    clearInterval(timer);
    return working;
  };
}
