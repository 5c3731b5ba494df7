import type { Provider } from '../providers/provider.js';

/** Which providers personas and agents can name, and which of them can be used. */
export type ProviderInfo = Pick<Provider, 'name' | 'model' | 'unavailable'>;

/** What the platform always has, until the program that composes it says more. */
let providers: readonly ProviderInfo[] = ['openai', 'anthropic', 'groq', 'local'].map((name) => ({
  name,
  model: '',
  unavailable: `${name} has not been set up`,
}));

/** Sets the providers in force; called once at start. */
export function setProviders(inForce: readonly ProviderInfo[]): void {
  providers = inForce;
}

/** All providers that can be named, in the order of the configuration. */
export const listProviders = () => providers;

/** The provider of a persona that names none: the first that can be used. `local` is for those who ask for it. */
export function usualProvider(): string {
  const usable = providers.find(({ name, unavailable }) => unavailable === null && name !== 'local');
  return (usable ?? providers[0]!).name;
}

const isKnown = (name: string) => providers.some((provider) => provider.name === name);
const allowed = () => providers.map(({ name }) => name).join(', ');

/** One sentence when no provider has this name. */
export function providerFault(label: string, name: string | null | undefined): string | null {
  return name == null || isKnown(name) ? null : `${label} must be one of ${allowed()}`;
}

/** One sentence when the fallbacks of a persona are not providers to fall back to. */
export function fallbacksFault(fallbacks: readonly string[], defaultProvider: string): string | null {
  if (!fallbacks.every(isKnown)) return `Fallback providers must be among ${allowed()}`;
  if (new Set(fallbacks).size < fallbacks.length) return 'Fallback providers must not name a provider twice';
  return fallbacks.includes(defaultProvider) ? 'Fallback providers must not name the default provider' : null;
}
