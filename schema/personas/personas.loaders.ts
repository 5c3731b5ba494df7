import type { Viewer } from '../../src/auth/viewer.js';
import { readPersonas } from '../../src/personas/personas.service.js';
import { loaderById } from '../loading.js';

export const personasLoaders = {
  /** A persona by its id. */
  persona: (viewer: Viewer) => loaderById('Persona', (ids) => readPersonas(viewer, ids)),
};
