import { findBuiltin } from '../../src/tools/registry.js';

/** Loaded into a server before it starts, as `NODE_OPTIONS=--import …`: a person is asked before each file is written. */
findBuiltin('write_file')!.needsApproval = true;
