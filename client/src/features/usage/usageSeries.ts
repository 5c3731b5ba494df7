import { tones, type Series } from '../../components/chart';

/** Figures over time of one persona or provider. */
export interface Group {
  key: string;
  name: string;
  values: number[];
}

/** The series of a chart: the first groups each for itself, the others together under a word. */
export function seriesOf(groups: readonly Group[], others: string): Series[] {
  const alone = groups.length > tones ? groups.slice(0, tones - 1) : groups;
  const rest = groups.slice(alone.length);
  const series = alone.map((group, at) => ({ ...group, tone: at + 1 }));
  if (rest.length === 0) return series;
  const values = rest[0]!.values.map((_, at) => rest.reduce((sum, group) => sum + group.values[at]!, 0));
  return [...series, { key: 'others', name: others, tone: tones, values }];
}
