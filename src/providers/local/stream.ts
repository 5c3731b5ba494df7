/** Sends a text in small pieces, so that those who watch see it arrive. */

import { setImmediate as turn } from 'node:timers/promises';

/** A few words with the blanks around them. */
const piece = /(?:\s*\S+){1,4}\s*/g;

/** Gives `text` to `onDelta` piece by piece and lets others run in between. Throws the signal's reason when aborted. */
export async function streamText(text: string, onDelta: (text: string) => void, signal: AbortSignal): Promise<void> {
  for (const [words] of text.matchAll(piece)) {
    signal.throwIfAborted();
    onDelta(words);
    await turn();
  }
  signal.throwIfAborted();
}
