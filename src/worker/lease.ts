import { knex } from '../db.js';
import { Run } from '../runs/run.model.js';

/*
 * A worker owns a run by its lease: an owner, an epoch and an expiry in the run's row. Claiming raises the epoch by one, in the
 * same statement that picks the run and skips those that others are picking. Every later write of the worker names its epoch;
 * once somebody else has claimed the run, those writes find no row and the worker drops the run. A worker that is alive renews
 * its lease; a lease that expired belonged to a worker that died, which is counted. A run that waits for a provider has no lease;
 * it is claimed again once its time has come.
 */

/** How long a lease lasts without being renewed. */
export const leaseSeconds = 15;

/** Claims the oldest run that nobody works on, or gives undefined. `crashCount` counts workers lost since its last commit. */
export async function claimRun(owner: string): Promise<Run | undefined> {
  const { rows } = await knex().raw(
    `update runs set
       lease_owner = :owner, lease_epoch = lease_epoch + 1, lease_expires_at = now() + make_interval(secs => :leaseSeconds),
       crash_count = crash_count + (case when lease_owner is null then 0 else 1 end), waiting_for = null, resume_at = null
     where id = (
       select id from runs
       where status in ('pending', 'running') and (waiting_for is null or resume_at <= now()) and (lease_owner is null or lease_expires_at < now())
       order by created_at limit 1 for update skip locked
     )
     returning *`,
    { owner, leaseSeconds },
  );
  return rows[0] && (Run.fromDatabaseJson(rows[0]) as Run);
}

/** Renews the lease; false when the run is not this worker's any more (taken over, cancelled or ended). */
export async function renewLease(run: Run): Promise<boolean> {
  const { rowCount } = await knex().raw(
    `update runs set lease_expires_at = now() + make_interval(secs => ?)
     where id = ? and lease_epoch = ? and status in ('pending', 'running')`,
    [leaseSeconds, run.id, run.leaseEpoch],
  );
  return rowCount > 0;
}

/** Hands the run back, so that the next worker takes it at once and no crash is counted. */
export async function releaseLease(run: Run): Promise<void> {
  await knex().raw('update runs set lease_owner = null, lease_expires_at = null where id = ? and lease_epoch = ?', [run.id, run.leaseEpoch]);
}

/** Ends all leases. Only for a database that no other process can have open: every owner is dead then. */
export async function expireAllLeases(): Promise<void> {
  await knex().raw(`update runs set lease_expires_at = now() - interval '1 second' where lease_owner is not null and status in ('pending', 'running')`);
}
