import { presentPage } from '../page.presenter.js';
import type { Data, FileDescription } from '../route.js';

export const presentRuns = ({ runs }: Data) => presentPage(runs, presentListed);

const presentListed = (run: Data) => ({
  id: run.id,
  agentId: run.agentId,
  agentName: run.agentName,
  personaId: run.personaId,
  personaName: run.personaName,
  status: run.status,
  input: run.input,
  output: run.output,
  startedAt: run.startedAt,
  completedAt: run.completedAt,
  createdAt: run.createdAt,
});

export const presentRun = ({ run }: Data) => ({
  id: run.id,
  agentId: run.agentId,
  agentName: run.agentName,
  personaId: run.personaId,
  personaName: run.personaName,
  userId: run.userId,
  userName: run.userName,
  status: run.status,
  input: run.input,
  output: run.output,
  errorMessage: run.errorMessage,
  startedAt: run.startedAt,
  completedAt: run.completedAt,
  createdAt: run.createdAt,
  steps: run.steps.map(presentStep),
  artifacts: run.artifacts.map(presentArtifact),
});

/** Only a tool_call is documented with a tool. */
const presentStep = (step: Data) =>
  step.stepType === 'tool_call'
    ? {
        id: step.id,
        stepNumber: step.stepNumber,
        stepType: step.stepType,
        toolId: step.toolId,
        toolName: step.toolName,
        input: step.input,
        output: step.output,
        durationMs: step.durationMs,
        createdAt: step.createdAt,
      }
    : {
        id: step.id,
        stepNumber: step.stepNumber,
        stepType: step.stepType,
        input: step.input,
        output: step.output,
        durationMs: step.durationMs,
        createdAt: step.createdAt,
      };

const presentArtifact = (artifact: Data) => ({
  id: artifact.id,
  name: artifact.name,
  filePath: artifact.filePath,
  fileSize: artifact.fileSize,
  mimeType: artifact.mimeType,
  createdAt: artifact.createdAt,
});

export const presentCreatedRun = ({ createRun }: Data) => presentNew(createRun);

export const presentRetriedRun = ({ retryRun }: Data) => presentNew(retryRun);

const presentNew = (run: Data) => ({
  id: run.id,
  agentId: run.agentId,
  personaId: run.personaId,
  status: run.status,
  input: run.input,
  createdAt: run.createdAt,
});

export const presentCancelledRun = ({ cancelRun: run }: Data) => ({
  id: run.id,
  status: run.status,
  updatedAt: run.updatedAt,
});

export const presentDecidedRun = ({ decideStep: run }: Data) => ({
  id: run.id,
  status: run.status,
  waitingFor: run.waitingFor,
  updatedAt: run.updatedAt,
});

export const artifactFile = ({ artifact }: Data): FileDescription => ({
  runId: artifact.runId,
  id: artifact.id,
  name: artifact.name,
  filePath: artifact.filePath,
  mimeType: artifact.mimeType,
  sha256: artifact.sha256,
});
