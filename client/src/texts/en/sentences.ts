/** What the server says, by pattern, and how this language says it: none, because the server speaks English. */
export const sentences: [pattern: RegExp, text: string][] = [];
