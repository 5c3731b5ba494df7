import { createAnthropicProvider } from './anthropic.provider.js';
import type { EndpointOptions } from './endpoint.js';
import { createOpenAiProvider, openAiBaseUrl } from './openai.provider.js';
import type { Provider } from './provider.js';

export const groqBaseUrl = 'https://api.groq.com/openai/v1';

/**
 * Used where the configuration names no model. Of the models that call tools well, these work in our protocols as they are:
 * OpenAI's newest take tools in Chat Completions only without reasoning, Anthropic's newest hide the text between tool calls.
 */
export const defaultModels = {
  openai: 'gpt-5.4-mini',
  anthropic: 'claude-sonnet-4-6',
  groq: 'openai/gpt-oss-120b',
} as const;

export interface ProviderSettings {
  apiKey?: string;
  baseUrl?: string;
  model?: string;
}

export interface CompatibleSettings {
  /** The name personas use. */
  name: string;
  baseUrl: string;
  model: string;
  apiKey?: string;
}

export interface ProvidersSettings {
  openai?: ProviderSettings;
  anthropic?: ProviderSettings;
  groq?: ProviderSettings;
  /** Named servers that speak OpenAI's protocol. */
  compatible?: CompatibleSettings[];
  local: Provider;
  /** A stream that sends no byte for so many milliseconds is given up; 60,000 by default. */
  stallMs?: number;
}

export interface Providers {
  get(name: string): Provider | undefined;
  names(): string[];
  all(): Provider[];
}

/**
 * Every provider that a persona can name, usable or not; the unusable ones say in `unavailable` which variable to set.
 * Throws an Error with one sentence when two have the same name.
 */
export function createProviders(settings: ProvidersSettings): Providers {
  const { stallMs, compatible = [] } = settings;
  const byName = new Map<string, Provider>();
  const add = (provider: Provider) => {
    if (byName.has(provider.name)) throw new Error(`Two providers are named "${provider.name}"; give one of them another name.`);
    byName.set(provider.name, provider);
  };
  add(createOpenAiProvider({ ...openAiOptions(settings.openai), stallMs }));
  add(createAnthropicProvider({ ...builtIn('anthropic', settings.anthropic), stallMs }));
  const groq = builtIn('groq', settings.groq);
  add(createOpenAiProvider({ ...groq, baseUrl: groq.baseUrl ?? groqBaseUrl, stallMs }));
  add(settings.local);
  for (const server of compatible) add(createOpenAiProvider({ ...server, apiKey: server.apiKey || undefined, stallMs }));
  return { get: (name) => byName.get(name), names: () => [...byName.keys()], all: () => [...byName.values()] };
}

/** OpenAI needs a key, but a server of one's own behind the same name does not. */
function openAiOptions(settings: ProviderSettings | undefined): EndpointOptions {
  const options = builtIn('openai', settings);
  const own = options.baseUrl !== undefined && hostOf(options.baseUrl) !== hostOf(openAiBaseUrl);
  return own ? { ...options, unavailable: null } : options;
}

/** Empty strings count as absent: `OPENAI_API_KEY=` in a file means that there is none. */
function builtIn(name: keyof typeof defaultModels, { apiKey, baseUrl, model }: ProviderSettings = {}): EndpointOptions {
  return {
    name,
    model: model || defaultModels[name],
    apiKey: apiKey || undefined,
    baseUrl: baseUrl || undefined,
    unavailable: apiKey ? null : `${name} needs ${name.toUpperCase()}_API_KEY to be set`,
  };
}

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : url);
