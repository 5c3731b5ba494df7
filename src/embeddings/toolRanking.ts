import { fuseRanks } from './fuseRanks.js';

/** The text of a tool that is embedded; the best of those measured in `bench/toolSearch`. */
export const toolText = (tool: { name: string; description: string }): string =>
  `${tool.name.replaceAll('_', ' ')}: ${tool.description}`;

/**
 * One order of tools out of two, best first. Meaning leads and words settle what is close: over some thirty short
 * descriptions, fusing both as equals put 10 of 113 right tools off the first place (`bench/toolSearch/README.md`).
 *
 * @param byMeaning keys of all tools, nearest vector first
 * @param byWords keys of the tools in which words of the request occur, best first
 */
export const rankTools = <Key>(byMeaning: readonly Key[], byWords: readonly Key[]): Key[] =>
  fuseRanks([byMeaning, byWords], { k: 2, weights: [1, 0.2] }).map(({ key }) => key);
