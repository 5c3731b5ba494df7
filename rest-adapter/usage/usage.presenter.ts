import type { Data } from '../route.js';

export const presentUsage = ({ usage }: Data) => ({
  from: usage.from,
  to: usage.to,
  ...presentSeries(usage, presentUsageFigures),
  byPersona: usage.byPersona.map((group: Data) => ({
    personaId: group.personaId, personaName: group.personaName, ...presentSeries(group, presentUsageFigures),
  })),
  byProvider: usage.byProvider.map((group: Data) => ({ provider: group.provider, ...presentSeries(group, presentProviderFigures) })),
});

const presentSeries = (series: Data, present: (figures: Data) => object) => ({
  total: present(series.total),
  points: series.points.map((point: Data) => ({ start: point.start, ...present(point.figures) })),
});

const presentUsageFigures = (figures: Data) => ({
  runs: figures.runs,
  pending: figures.pending,
  running: figures.running,
  completed: figures.completed,
  failed: figures.failed,
  cancelled: figures.cancelled,
  steps: figures.steps,
  ...presentTokens(figures),
});

const presentProviderFigures = (figures: Data) => ({
  attempts: figures.attempts,
  failedAttempts: figures.failedAttempts,
  ...presentTokens(figures),
});

const presentTokens = (figures: Data) => ({
  promptTokens: figures.promptTokens,
  completionTokens: figures.completionTokens,
  totalTokens: figures.totalTokens,
  cost: figures.cost,
  unpricedTokens: figures.unpricedTokens,
});
