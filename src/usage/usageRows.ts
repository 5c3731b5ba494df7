/** Runs of one persona that were created in one piece of the window; without a persona, a piece without runs. */
export interface RunsRow {
  start: Date;
  personaId: string | null;
  personaName: string;
  runs: number;
  pending: number;
  running: number;
  completed: number;
  failed: number;
  cancelled: number;
  steps: number;
}

/** What one provider was asked for them. */
export interface AttemptsRow {
  start: Date;
  personaId: string;
  provider: string;
  attempts: number;
  failedAttempts: number;
  promptTokens: number;
  completionTokens: number;
  /** Of those whose price is known; null when none is. */
  cost: number | null;
  unpricedTokens: number;
}
