import type { Viewer } from '../../src/auth/viewer.js';
import { readArtifactsOf, readAttemptsOf, readStepsOf, readVisibleRun } from '../../src/runs/runs.read.js';
import { loaderOfMany, readOnce } from '../loading.js';

export const runsLoaders = {
  /** A run that the viewer may read, with what a root field asks of it. */
  visibleRun: (viewer: Viewer) => readOnce((id, selection) => readVisibleRun(viewer, id, selection)),
  /** The steps of a run. */
  runSteps: () => loaderOfMany((step) => step.runId, readStepsOf),
  /** The artifacts of a run. */
  runArtifacts: () => loaderOfMany((artifact) => artifact.runId, readArtifactsOf),
  /** The attempts of a step. */
  stepAttempts: () => loaderOfMany((attempt) => attempt.stepId, readAttemptsOf),
};
