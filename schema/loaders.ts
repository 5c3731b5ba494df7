import type { Viewer } from '../src/auth/viewer.js';
import { agentsLoaders } from './agents/agents.loaders.js';
import { membersLoaders } from './members/members.loaders.js';
import { accessLoaders } from './permissions/access.loaders.js';
import { personasLoaders } from './personas/personas.loaders.js';
import { runsLoaders } from './runs/runs.loaders.js';
import { toolsLoaders } from './tools/tools.loaders.js';

/** Every loader of a request, feature by feature: name → how it is made for a viewer. */
const makers = {
  ...accessLoaders,
  ...personasLoaders,
  ...membersLoaders,
  ...agentsLoaders,
  ...runsLoaders,
  ...toolsLoaders,
};

type Makers = typeof makers;
export type Loaders = { readonly [Name in keyof Makers]: ReturnType<Makers[Name]> };

class LazyLoaders {
  constructor(readonly viewer: Viewer | null) {}
}

// Most requests use one loader or none, so each is made at its first use and then kept on the instance.
for (const [name, make] of Object.entries(makers)) {
  Object.defineProperty(LazyLoaders.prototype, name, {
    get(this: LazyLoaders) {
      const loader = make(this.viewer!);
      Object.defineProperty(this, name, { value: loader });
      return loader;
    },
  });
}

/** The loaders of one request. Rules have made sure of a viewer before any of them is used. */
export const createLoaders = (viewer: Viewer | null): Loaders => new LazyLoaders(viewer) as unknown as Loaders;
