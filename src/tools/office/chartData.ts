import { ToolError } from '../tool.js';
import type { ChartInput } from './content.js';

/** Says what is wrong with a chart that its schema cannot say. `where` begins the sentence: `The chart of slide 3`. */
export function checkChart(chart: ChartInput, where: string): void {
  for (const [index, series] of chart.series.entries()) {
    if (series.values.length !== chart.labels.length) {
      throw new ToolError(`${where} has ${chart.labels.length} labels but series ${index + 1} has ${series.values.length} values; give one value per label.`);
    }
  }
  if (chart.type !== 'pie') return;
  if (chart.series.length > 1) throw new ToolError(`${where} is a pie and takes one series; use a bar chart for several.`);
  const values = chart.series[0].values;
  if (values.some((value) => value < 0) || values.every((value) => value === 0)) {
    throw new ToolError(`${where} is a pie, which needs values above zero; use a bar chart instead.`);
  }
}

/** The name of a series, never empty. */
export const seriesName = (chart: ChartInput, index: number): string =>
  chart.series[index].name || (chart.series.length === 1 ? chart.title || 'Value' : `Series ${index + 1}`);

/** How many decimals the values need, at most two. */
export function decimalsOf(chart: ChartInput): number {
  const values = chart.series.flatMap((series) => series.values);
  if (values.every((value) => Number.isInteger(value))) return 0;
  return values.every((value) => Math.abs(value * 10 - Math.round(value * 10)) < 1e-6) ? 1 : 2;
}

/** Values are written beside bars and points only while they stay readable. */
export const showsValues = (chart: ChartInput): boolean => chart.labels.length * chart.series.length <= 16;
