export interface FuseOptions {
  /** How much the first places stand out: small makes them count for more. 60 in the paper. */
  k?: number;
  /** What each list counts for; 1 where none is given. */
  weights?: number[];
}

export interface Fused<Key> {
  key: Key;
  /** Larger is better; only good for comparing results of the same call. */
  score: number;
}

/**
 * One order out of several: reciprocal rank fusion, `score = Σ weight / (k + rank)` with ranks from 1 (Cormack, Clarke and
 * Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning Methods", SIGIR 2009; the weights
 * are the usual extension). A key missing from a list gets nothing from it; a key named twice in a list counts once, at
 * its better place. Equal scores keep the order in which keys were first seen: list by list, best first.
 *
 * @param lists each best first
 * @returns every key once, best first
 */
export function fuseRanks<Key>(lists: readonly (readonly Key[])[], { k = 60, weights = [] }: FuseOptions = {}): Fused<Key>[] {
  const scores = new Map<Key, number>();
  lists.forEach((list, number) => {
    [...new Set(list)].forEach((key, index) => {
      scores.set(key, (scores.get(key) ?? 0) + (weights[number] ?? 1) / (k + index + 1));
    });
  });
  return [...scores].map(([key, score]) => ({ key, score })).sort((a, b) => b.score - a.score);
}
