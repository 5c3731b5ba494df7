/** The provider `local`: rules instead of a model. It needs no key and no network, and says what it is. */

import { embed as embedHere } from '../../embeddings/embeddings.js';
import type { Provider, ProviderRequest } from '../provider.js';
import { createMeaning } from './meaning.js';
import { nextMove } from './plan.js';
import { streamText } from './stream.js';

export interface LocalProviderOptions {
  /** Vectors of length 1, one per text, by the model that tool search uses. */
  embed(texts: string[]): Promise<Float32Array[]>;
}

/**
 * A provider that reads the request by rules, calls one tool per answer and ends with a summary. The same conversation
 * and tools always give the same answer, so a run that is resumed goes on as it would have. Throws only the signal's reason.
 */
export function createLocalProvider({ embed }: LocalProviderOptions = { embed: embedHere }): Provider {
  const meaning = createMeaning(embed);
  return {
    name: 'local',
    model: 'rules',
    unavailable: null,
    async complete(request) {
      request.signal.throwIfAborted();
      const { text, call } = await nextMove(request, meaning);
      request.signal.throwIfAborted();
      await streamText(text, (piece) => request.onDelta(piece), request.signal);
      const toolCalls = call ? [call] : [];
      return { message: text, toolCalls, usage: { promptTokens: promptTokens(request), completionTokens: tokens(text + JSON.stringify(toolCalls)) }, model: 'rules' };
    },
  };
}

/** An estimate, since there is no tokenizer: four characters to a token, as is usual for English. */
const tokens = (text: string): number => Math.ceil(text.length / 4);

const promptTokens = ({ messages, tools }: ProviderRequest): number => tokens(messages.map((message) => message.content).join('') + JSON.stringify(tools));
