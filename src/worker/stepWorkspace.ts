import type { Workspace } from '../workspaces/workspace.js';

export interface StepWorkspace {
  workspace: Workspace;
  /** What the step wrote, by path. The folder is shared by all runs of a persona, so another may have written there since. */
  written: Map<string, Uint8Array>;
}

/** The workspace as one step may use it: it changes nothing once the step is broken off, also for a tool that goes on. */
export function stepWorkspace(workspace: Workspace, signal: AbortSignal): StepWorkspace {
  const written = new Map<string, Uint8Array>();
  return {
    written,
    workspace: {
      read: (path) => workspace.read(path),
      list: (path, options) => workspace.list(path, options),
      stat: (path) => workspace.stat(path),
      async write(path, bytes) {
        signal.throwIfAborted();
        const filePath = await workspace.write(path, bytes);
        written.set(filePath, typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
        return filePath;
      },
      async remove(path) {
        signal.throwIfAborted();
        return workspace.remove(path);
      },
    },
  };
}
