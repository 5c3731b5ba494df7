import { createHash } from 'node:crypto';
import { knex } from '../db.js';

/**
 * Checks the chain of the audit log. The database adds a link to each row (migrations/008_audit.ts); here the hashes are made
 * anew from what the rows say now, without the database's own functions.
 *
 * A link's hash is SHA-256, in hexadecimal, over the UTF-8 text of these parts in a row: the hash of the link before, the link's
 * number, and the row's id, user_id, user_name, persona_id, persona_name, run_id, event_type, event_category, description,
 * metadata (as jsonb writes it) and created_at (ISO 8601, UTC, microseconds). Each part stands behind its length in bytes and a
 * colon, as in a netstring without its comma; a part that is null is a hyphen. The first link follows 64 zeros.
 */
export interface AuditReport {
  /** How many links were checked. */
  links: number;
  /** The newest link: a note of it, kept elsewhere, can be compared later. */
  head: AuditLink;
  /** One sentence for each thing that is not as it was written; empty when all is. */
  faults: string[];
}

export interface AuditLink {
  seq: number;
  hash: string;
}

interface LinkRow {
  seq: number;
  audit_id: string;
  previous_hash: string;
  hash: string;
  is_there: boolean;
  parts: (string | null)[];
}

const beginning = '0'.repeat(64);
const batch = 1000;

/**
 * Reads the whole log, a batch at a time, while others may go on writing.
 * @param known a link that was noted earlier; it must still be there as it was
 */
export async function verifyAudit(known?: AuditLink): Promise<AuditReport> {
  // Read first: what is added meanwhile lies behind it, and is not missed.
  const [head] = (await knex().raw<{ rows: AuditLink[] }>('select seq, hash from audit_head')).rows;
  if (!head) return { links: 0, head: { seq: 0, hash: beginning }, faults: ['The note of the newest link is missing'] };
  const expected = [{ link: head, which: 'written last' }, ...(known ? [{ link: known, which: 'noted earlier' }] : [])];
  const walk = new Walk(expected);
  for (let after = 0, rows: LinkRow[]; ; after = rows.at(-1)!.seq) {
    rows = (await knex().raw<{ rows: LinkRow[] }>(linksAfter, [after, batch])).rows;
    if (rows.length === 0) break;
    for (const row of rows) walk.step(row);
  }
  return { links: walk.links, head: walk.last, faults: [...walk.end(), ...(await unlinked())] };
}

class Walk {
  links = 0;
  last: AuditLink = { seq: 0, hash: beginning };
  private readonly faults: string[] = [];

  /** @param expected links that must be among those that come */
  constructor(private readonly expected: { link: AuditLink; which: string }[]) {}

  step({ seq, audit_id: id, previous_hash: previous, hash, is_there: isThere, parts }: LinkRow): void {
    const { last } = this;
    if (seq > last.seq + 1) this.faults.push(missing(last.seq + 1, seq - 1));
    else if (previous !== last.hash) this.faults.push(`Link ${seq} (row ${id}) does not follow link ${last.seq}`);
    if (!isThere) this.faults.push(`Row ${id} of link ${seq} is missing`);
    else if (hashOf([previous, String(seq), ...parts]) !== hash) this.faults.push(`Row ${id} of link ${seq} was changed`);
    for (const { link, which } of this.expected) {
      if (link.seq === seq && link.hash !== hash) this.faults.push(`Link ${seq} is not the one that was ${which}`);
    }
    this.last = { seq, hash };
    this.links += 1;
  }

  end(): string[] {
    const { seq } = this.last;
    for (const { link, which } of this.expected) {
      if (link.seq > seq) this.faults.push(`${missing(seq + 1, link.seq)}: link ${link.seq} was ${which}`);
    }
    return this.faults;
  }
}

const missing = (from: number, to: number) => (from === to ? `Link ${from} is missing` : `Links ${from} to ${to} are missing`);

const hashOf = (parts: (string | null)[]) =>
  createHash('sha256').update(parts.map((part) => (part === null ? '-' : `${Buffer.byteLength(part)}:${part}`)).join('')).digest('hex');

const linksAfter = `
  select c.seq, c.audit_id, c.previous_hash, c.hash, a.id is not null as is_there, array[
    a.id::text, a.user_id::text, a.user_name, a.persona_id::text, a.persona_name, a.run_id::text, a.event_type, a.event_category,
    a.description, a.metadata::text, to_char(a.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  ] as parts
  from audit_chain c left join audit_logs a on a.id = c.audit_id
  where c.seq > ? order by c.seq limit ?`;

/** Rows that came in without a link: with the triggers switched off. */
async function unlinked(): Promise<string[]> {
  const { rows } = await knex().raw<{ rows: { id: string }[] }>(
    'select id from audit_logs a where not exists (select from audit_chain c where c.audit_id = a.id) order by created_at, id',
  );
  return rows.map(({ id }) => `Row ${id} has no link`);
}
