import type { AttemptsRow, RunsRow } from './usageRows.js';

/** Tokens and what they cost. */
export interface TokenFigures {
  promptTokens: number;
  completionTokens: number;
  totalTokens: number;
  /** In US dollars, as far as prices are known; null when there are tokens and none of them has a price. */
  cost: number | null;
  /** Tokens whose price is not known: the cost does not hold them. */
  unpricedTokens: number;
}

type RunCounts = Omit<RunsRow, 'start' | 'personaId' | 'personaName'>;
export type UsageFigures = RunCounts & TokenFigures;
export type ProviderFigures = Pick<AttemptsRow, 'attempts' | 'failedAttempts'> & TokenFigures;

/** Figures over time. */
interface Series<Figures> {
  total: Figures;
  points: { start: Date; figures: Figures }[];
}

/** How many personas and providers are told apart; in the total are all. */
const mostGroups = 20;

const runCounts = ['runs', 'pending', 'running', 'completed', 'failed', 'cancelled', 'steps'] as const;
const attemptCounts = ['attempts', 'failedAttempts'] as const;

/** Puts together what the statements have counted. Every series has a point for every piece of the window. */
export class Usage implements Series<UsageFigures> {
  readonly from: Date;
  readonly to: Date;
  readonly total: UsageFigures;
  readonly points: Series<UsageFigures>['points'];
  private readonly starts: Date[];

  constructor(window: { from?: Date | null; to: Date }, private readonly runs: RunsRow[], private readonly attempts: AttemptsRow[]) {
    this.starts = [...new Map(runs.map(({ start }) => [start.getTime(), start])).values()];
    this.from = window.from ?? this.starts[0]!;
    this.to = window.to;
    ({ total: this.total, points: this.points } = this.seriesOf(runs, attempts, usageFigures));
  }

  /** Those with most runs first. */
  get byPersona() {
    const names = new Map(this.runs.flatMap(({ personaId, personaName }) => (personaId ? [[personaId, personaName] as const] : [])));
    const groups = [...names].map(([personaId, personaName]) => {
      const ofPersona = (row: { personaId: string | null }) => row.personaId === personaId;
      return { personaId, personaName, ...this.seriesOf(this.runs.filter(ofPersona), this.attempts.filter(ofPersona), usageFigures) };
    });
    return groups.sort((a, b) => b.total.runs - a.total.runs).slice(0, mostGroups);
  }

  /** Those with most tokens first. */
  get byProvider() {
    const groups = [...new Set(this.attempts.map(({ provider }) => provider))].map((provider) =>
      ({ provider, ...this.seriesOf([], this.attempts.filter((row) => row.provider === provider), providerFigures) }));
    return groups.sort((a, b) => b.total.totalTokens - a.total.totalTokens || b.total.attempts - a.total.attempts).slice(0, mostGroups);
  }

  private seriesOf<Figures>(runs: RunsRow[], attempts: AttemptsRow[], figures: (runs: RunsRow[], attempts: AttemptsRow[]) => Figures): Series<Figures> {
    const runsAt = byStart(runs);
    const attemptsAt = byStart(attempts);
    const points = this.starts.map((start) => ({ start, figures: figures(runsAt.get(start.getTime()) ?? [], attemptsAt.get(start.getTime()) ?? []) }));
    return { total: figures(runs, attempts), points };
  }
}

function byStart<Row extends { start: Date }>(rows: Row[]): Map<number, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) groups.set(row.start.getTime(), [...(groups.get(row.start.getTime()) ?? []), row]);
  return groups;
}

const usageFigures = (runs: RunsRow[], attempts: AttemptsRow[]): UsageFigures => ({ ...sums(runs, runCounts), ...tokenFigures(attempts) });
const providerFigures = (_runs: RunsRow[], attempts: AttemptsRow[]): ProviderFigures => ({ ...sums(attempts, attemptCounts), ...tokenFigures(attempts) });

function tokenFigures(rows: AttemptsRow[]): TokenFigures {
  const tokens = sums(rows, ['promptTokens', 'completionTokens', 'unpricedTokens'] as const);
  const priced = rows.filter(({ cost }) => cost !== null);
  return {
    ...tokens,
    totalTokens: tokens.promptTokens + tokens.completionTokens,
    cost: priced.length === 0 && tokens.unpricedTokens > 0 ? null : priced.reduce((sum, { cost }) => sum + cost!, 0),
  };
}

const sums = <Name extends string>(rows: Record<Name, number>[], names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, rows.reduce((sum, row) => sum + row[name], 0)])) as Record<Name, number>;
