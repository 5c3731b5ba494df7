import { offerStructures } from './offers.js';
import { paperStructures } from './papers.js';
import { planStructures } from './plans.js';
import { resultStructures } from './results.js';
import type { Structure } from './structure.js';
import { teachingStructures } from './teaching.js';

export type { Structure, StructureSection } from './structure.js';

/** Tried in this order: the special before the general, so that "HR results" does not end as "results". */
const order = [
  'results-hr', 'results-sales', 'results-finance', 'results-marketing', 'minutes', 'letter', 'invoice', 'job', 'move', 'onboarding', 'investor-pitch', 'policy',
  'status', 'results-general', 'strategy', 'proposal', 'project-plan', 'training', 'event', 'sales-pitch', 'explainer', 'generic',
];

const all = [...resultStructures, ...planStructures, ...teachingStructures, ...offerStructures, ...paperStructures];

/** All structures, the more special ones first; the last fits everything. */
export const structures: Structure[] = order.map((id) => all.find((structure) => structure.id === id)!);
