import { readToolsOf } from '../../src/tools/personaTools.service.js';
import { loaderOfMany } from '../loading.js';

export const toolsLoaders = {
  /** The tools that a persona was given. */
  personaTools: () => loaderOfMany((tool) => tool.personaId, readToolsOf),
};
