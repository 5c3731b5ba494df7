import type { Usage } from './provider.js';

/** What tokens cost: US dollars for a million of them. */
export interface Price {
  prompt: number;
  completion: number;
}

/** Prices by provider, and there by model as the configuration names it; `*` is for the provider's other models. */
export type Prices = Record<string, Record<string, Price>>;

/** The platform knows no prices by itself: they change, and depend on who pays. */
let prices: Prices = {};

/** Sets the prices in force; called once at start. */
export function usePrices(inForce: Prices = {}): void {
  prices = inForce;
}

/** What a try cost in US dollars; null when its price or its tokens are not known. `local` costs nothing. */
export function costOf(provider: string, model: string, usage: Usage | null): number | null {
  if (provider === 'local') return 0;
  const price = prices[provider]?.[model] ?? prices[provider]?.['*'];
  if (!price || !usage) return null;
  return (usage.promptTokens * price.prompt + usage.completionTokens * price.completion) / 1_000_000;
}
