/** Nearness in meaning, with a memory of the texts seen so that a run embeds each structure and tool once. */

export interface Meaning {
  /** Cosine similarity of a text to each of the others, 0 for all when no vectors can be had. */
  scores(text: string, others: string[]): Promise<number[]>;
}

/** Enough for all structures and tools and the sentences of some requests. */
const remembered = 2000;

/**
 * Wraps `embed`, whose vectors have length 1. When it fails, all scores are 0 and words alone decide: a provider that
 * needs no service should not fail because its model does.
 */
export function createMeaning(embed: (texts: string[]) => Promise<Float32Array[]>): Meaning {
  const known = new Map<string, Float32Array>();
  return {
    async scores(text, others) {
      const wanted = [text, ...others].map((one) => one.slice(0, 1000));
      const missing = [...new Set(wanted)].filter((one) => !known.has(one));
      if (known.size + missing.length > remembered) known.clear();
      const needed = [...new Set(wanted)].filter((one) => !known.has(one));
      try {
        const vectors = needed.length ? await embed(needed) : [];
        vectors.forEach((vector, index) => known.set(needed[index], vector));
      } catch {
        return others.map(() => 0);
      }
      const own = known.get(wanted[0])!;
      return wanted.slice(1).map((other) => product(own, known.get(other)!));
    },
  };
}

const product = (one: Float32Array, other: Float32Array): number => one.reduce((sum, value, index) => sum + value * other[index], 0);
