import type { Attempt } from '../providers/fallback.js';

/** Passing troubles; everything else would be the same after a while. */
const passing: readonly unknown[] = ['rate_limited', 'overloaded', 'unreachable'];

/** The shortest pause that a provider may ask for, and the first and the longest where none asks for one, in milliseconds. */
const shortest = 1_000;
const first = 5_000;
const longest = 60_000;

/**
 * How long to wait after no provider gave an answer, in milliseconds; null when one of those that can be used would answer no better
 * later. It is the shortest time that one asks for; where none does, as long as all that the step has taken so far, within limits, so that pauses double.
 * @param tookMs the tries of the step and the pauses between them
 */
export function pauseAfter(attempts: readonly Attempt[], tookMs: number): number | null {
  const usable = attempts.filter(({ status }) => status !== 'skipped');
  const last = [...new Map(usable.map((attempt) => [attempt.provider, attempt])).values()];
  if (last.length === 0 || !last.every(({ errorKind }) => passing.includes(errorKind))) return null;
  const asked = last.flatMap(({ retryAfterMs }) => retryAfterMs ?? []);
  return asked.length > 0 ? Math.max(shortest, Math.min(...asked)) : Math.min(longest, Math.max(first, tookMs));
}
