import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBuiltin } from '../../../src/tools/registry.js';
import { ToolError } from '../../../src/tools/tool.js';
import type { FoundTool, ToolContext, ToolResult } from '../../../src/tools/tool.js';
import { validateArguments } from '../../../src/tools/validateArguments.js';
import { openWorkspace } from '../../../src/workspaces/localWorkspace.js';

/** A workspace in a folder of its own, and tools that run in it as the run engine runs them. */
export interface ToolBench {
  folder: string;
  /** Checks the arguments, runs the tool and gives its result. */
  run(name: string, args: unknown, change?: Partial<ToolContext>): Promise<ToolResult>;
  /** The messages about arguments that break the schema. */
  problems(name: string, args: unknown): string[];
  read(path: string): Promise<Buffer>;
  /** Where a workspace file lies on disk. */
  onDisk(path: unknown): string;
  close(): Promise<void>;
}

export async function openToolBench(found: FoundTool[] = []): Promise<ToolBench> {
  const folder = await mkdtemp(join(tmpdir(), 'tools-test-'));
  const workspace = openWorkspace(folder);
  const context = (): ToolContext => ({
    workspace, config: {}, signal: new AbortController().signal, stepKey: 'run:1',
    searchTools: async (_query, limit) => found.slice(0, limit),
    memory: { search: unexpected, list: unexpected, remember: unexpected },
    mail: { send: unexpected, search: unexpected, read: unexpected },
  });
  const toolOf = (name: string) => {
    const tool = findBuiltin(name);
    assert.ok(tool, `no tool ${name}`);
    return tool;
  };
  const problems = (name: string, args: unknown) => validateArguments(toolOf(name).parameters, args).map((problem) => problem.message);
  return {
    folder,
    problems,
    run(name, args, change) {
      assert.deepEqual(problems(name, args), []);
      return toolOf(name).run(args, { ...context(), ...change });
    },
    read: (path) => workspace.read(path),
    onDisk: (path) => join(folder, String(path).replace('/workspace/', '')),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

const unexpected = () => assert.fail('The tool asked for memory or mail');

/** Matches the ToolError whose message fits. */
export const toolError = (message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof ToolError, `not a ToolError: ${error}`);
  assert.match(error.message, message);
  return true;
};
