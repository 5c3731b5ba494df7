import { validationError } from './errors.js';

/** Which page of a list is asked for. */
export interface PageArgs {
  /** From 1. */
  page: number;
  /** Entries per page, 1 to 100. */
  limit: number;
}

export interface Page<Row> {
  data: Row[];
  pagination: { page: number; limit: number; total: number; totalPages: number };
}

/** The most entries that one page has. */
export const largestLimit = 100;

/** How many entries lie before the page. Throws VALIDATION_ERROR for a page or limit that cannot be. */
export function offsetOf({ page, limit }: PageArgs): number {
  const details: Record<string, string> = {};
  if (!Number.isInteger(page) || page < 1) details.page = 'Page must be a whole number of at least 1';
  checkLimit(details, limit);
  if (Object.keys(details).length > 0) throw validationError(details);
  return (page - 1) * limit;
}

/** Throws VALIDATION_ERROR for a limit that cannot be. */
export function requireLimit(limit: number): void {
  const details: Record<string, string> = {};
  checkLimit(details, limit);
  if (details.limit) throw validationError(details);
}

function checkLimit(details: Record<string, string>, limit: number): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > largestLimit) details.limit = `Limit must be from 1 to ${largestLimit}`;
}

/** Where a page lies among `total` entries. */
export const pagination = ({ page, limit }: PageArgs, total: number) => ({ page, limit, total, totalPages: Math.ceil(total / limit) });
