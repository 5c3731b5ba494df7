/** A server of language models and who we are to it. */
export interface Endpoint {
  /** The name personas use. */
  name: string;
  model: string;
  baseUrl: string;
  apiKey?: string;
  /** One sentence naming the variable to set when the endpoint cannot be used, else null. */
  unavailable: string | null;
}

/** How an endpoint is made into a provider. */
export interface EndpointOptions {
  name: string;
  model: string;
  apiKey?: string;
  /** Absent means the provider's public address. */
  baseUrl?: string;
  /** One sentence naming the variable to set when the provider cannot be used. */
  unavailable?: string | null;
  /** A stream that sends no byte for so many milliseconds is given up; 60,000 by default. */
  stallMs?: number;
}

export const defaultStallMs = 60_000;

/** The endpoint that the options describe, at the given address when they name none. */
export function toEndpoint(options: EndpointOptions, publicUrl: string): Endpoint {
  const { name, model, baseUrl = publicUrl } = options;
  const apiKey = options.apiKey?.trim() || undefined;
  return { name, model, apiKey, baseUrl, unavailable: options.unavailable ?? fault(name, apiKey, baseUrl) };
}

/** What cannot work, found here so that it is said in a sentence: the network's own words would quote the key. */
function fault(name: string, apiKey: string | undefined, baseUrl: string): string | null {
  if (apiKey && !/^[\x21-\x7e]+$/.test(apiKey)) return `${name} has an API key with characters that no key has`;
  if (!/^https?:$/.test(URL.canParse(baseUrl) ? new URL(baseUrl).protocol : '')) {
    return `${name} has a base URL that does not begin with http:// or https://`;
  }
  return null;
}
