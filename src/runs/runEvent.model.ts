import { Model, snakeCaseMappers } from 'objection';
import type { RunEventPayload, RunEventType } from './runEvent.js';

/** An event as it is stored; `seq` rises by one within its run. */
export class RunEventRow extends Model {
  static override tableName = 'run_events';
  static override idColumn = ['run_id', 'seq'];
  static override columnNameMappers = snakeCaseMappers();
  static override jsonAttributes = ['payload'];

  declare runId: string;
  declare seq: number;
  declare type: RunEventType;
  declare payload: RunEventPayload;
}
