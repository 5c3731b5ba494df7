import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Int, Query, Resolver } from 'type-graphql';
import { countAudit } from '../../src/audit/auditActivity.js';
import { exportAudit } from '../../src/audit/auditExport.js';
import { listAuditLogs } from '../../src/audit/auditLogs.read.js';
import type { SignedInContext } from '../context.js';
import { selectionOf } from '../lookAhead.js';
import { CutArgs } from '../interval.js';
import { AuditFilterArgs } from './audit.inputs.js';
import { AuditExport, AuditLogPage, AuditPoint, ExportFormat } from './auditLog.type.js';

@Resolver()
export class AuditResolver {
  @Query(() => AuditLogPage, { description: "The viewer's own events and those of personas they can see, newest first; for an admin all." })
  auditLogs(
    @Arg('page', () => Int, { defaultValue: 1, description: 'The page, from 1.' }) page: number,
    @Arg('limit', () => Int, { defaultValue: 50, description: 'Entries per page, 1 to 100.' }) limit: number,
    @Args(() => AuditFilterArgs) filters: AuditFilterArgs,
    @Ctx() { viewer }: SignedInContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return listAuditLogs(viewer, { ...filters, page, limit }, selectionOf(info));
  }

  @Query(() => AuditExport, { description: 'A piece of the same as text, oldest first, for files and for systems that follow the log.' })
  auditExport(
    @Arg('format', () => ExportFormat, { defaultValue: ExportFormat.csv, description: 'How it is written.' }) format: ExportFormat,
    @Arg('after', () => Int, { defaultValue: 0, description: 'The `lastSeq` of the piece before; 0 for the first.' }) after: number,
    @Args(() => AuditFilterArgs) filters: AuditFilterArgs,
    @Ctx() { viewer }: SignedInContext,
  ) {
    return exportAudit(viewer, { ...filters, format, after });
  }
  @Query(() => [AuditPoint], { description: 'How many events of the same there were over time, in at most 400 intervals, oldest first; the last 30 without a start date.' })
  auditActivity(@Args(() => AuditFilterArgs) filters: AuditFilterArgs, @Args(() => CutArgs) cut: CutArgs, @Ctx() { viewer }: SignedInContext) {
    return countAudit(viewer, { ...filters, ...cut });
  }
}
