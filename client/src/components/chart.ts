import { nice, ticks } from 'd3-array';

/** One of the things that a chart compares: a name, one value for each stretch of time, and the number of its colour, from 1. */
export interface Series {
  key: string;
  name: string;
  tone: number;
  values: readonly number[];
}

export interface Area {
  width: number;
  height: number;
}

export interface Bar {
  series: Series;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** How many colours there are; the tokens `--chart-1` and on. */
export const tones = 7;
const mostTicks = 4;
/** Between two bars, as a part of the stretch that one of them has. */
const gap = 0.28;
const widestBar = 44;

/** Marks of the upright axis from 0: round numbers, the last above every stack. Whole ones for what is counted. */
export function marksFor(series: readonly Series[], isWhole: boolean): number[] {
  const length = series[0]?.values.length ?? 0;
  const most = Array.from({ length }, (_, at) => totalAt(series, at)).reduce((a, b) => Math.max(a, b), 0);
  const top = nice(0, most || 1, mostTicks)[1];
  const marks = ticks(0, top, mostTicks);
  return isWhole ? [...new Set(marks.map(Math.ceil))] : marks;
}

export const totalAt = (series: readonly Series[], at: number): number => series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0);

/** The bars of one stretch of time, stacked from the ground up; what is 0 has none. */
export function barsAt(series: readonly Series[], at: number, top: number, { width, height }: Area): Bar[] {
  const stretch = width / (series[0]?.values.length ?? 1);
  const breadth = Math.max(1, Math.min(widestBar, stretch * (1 - gap)));
  let below = 0;
  return series.filter(({ values }) => values[at]! > 0).map((one) => {
    const tall = (one.values[at]! / top) * height;
    below += tall;
    return { series: one, x: stretch * at + (stretch - breadth) / 2, y: height - below, width: breadth, height: tall };
  });
}

/** Which stretches of time have a word below: as many as fit, the newest always. */
export function labelled(count: number, width: number, labelWidth: number): number[] {
  const every = Math.max(1, Math.ceil(count / Math.max(1, Math.floor(width / labelWidth))));
  return Array.from({ length: count }, (_, at) => at).filter((at) => (count - 1 - at) % every === 0);
}
