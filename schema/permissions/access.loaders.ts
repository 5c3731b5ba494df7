import DataLoader from 'dataloader';
import type { Viewer } from '../../src/auth/viewer.js';
import { loadAccess, type PersonaAccess, type PersonaOwned } from '../../src/personas/personaAccess.js';

const accessTo = (kind: PersonaOwned) => (viewer: Viewer) =>
  new DataLoader<string, PersonaAccess>((ids) => loadAccess(viewer, kind, ids));

/** The viewer's role on personas, and on the persona that an agent or a run belongs to. */
export const accessLoaders = {
  personaAccess: accessTo('persona'),
  agentAccess: accessTo('agent'),
  runAccess: accessTo('run'),
};
