import { readArtifactsOf, readAttemptsOf, readStepsOf } from '../../src/runs/runs.read.js';
import { loaderOfMany } from '../loading.js';

export const runsLoaders = {
  /** The steps of a run. */
  runSteps: () => loaderOfMany((step) => step.runId, readStepsOf),
  /** The artifacts of a run. */
  runArtifacts: () => loaderOfMany((artifact) => artifact.runId, readArtifactsOf),
  /** The attempts of a step. */
  stepAttempts: () => loaderOfMany((attempt) => attempt.stepId, readAttemptsOf),
};
