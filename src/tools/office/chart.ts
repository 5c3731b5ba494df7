import { Resvg } from '@resvg/resvg-js';
import { BarChart, LineChart, PieChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { init, setPlatformAPI, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { checkChart, decimalsOf, seriesName, showsValues } from './chartData.js';
import type { ChartInput, Rendered } from './content.js';
import { dejavuFile, robotoFile, textWidth, wrapText } from './measure.js';
import { plainText } from './paragraphs.js';
import { palette, colours } from './theme.js';

/** Draws a chart as SVG with ECharts and turns it into PNG with resvg, with fonts of its own so that it looks alike everywhere. */

export interface ChartImageInput extends ChartInput {
  format?: 'png' | 'svg';
}

const size = { width: 960, height: 540 };
/** Pixels per unit of the drawing. */
const density = 2;
const fontFamily = 'Roboto, DejaVu Sans';
const hash = (colour: string) => `#${colour}`;

use([BarChart, LineChart, PieChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);
setPlatformAPI({
  // Without a canvas the library guesses widths; these are those of the font that is drawn.
  measureText: (text, font) => ({ width: textWidth(text, parseFloat(/([\d.]+)px/.exec(font ?? '')?.[1] ?? '12')) }),
});

function formatter(chart: ChartInput) {
  const decimals = decimalsOf(chart);
  const numbers = new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  const axis = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
  const unit = chart.unit ? (chart.unit.length > 1 ? ` ${chart.unit}` : chart.unit) : '';
  return { value: (value: number) => numbers.format(value) + unit, axis: (value: number) => axis.format(value) + unit };
}

const label = (fontSize: number, colour: string) => ({ fontFamily, fontSize, color: hash(colour) });

function pieSeries(chart: ChartInput, format: ReturnType<typeof formatter>) {
  return [{
    type: 'pie' as const, radius: '62%', center: ['50%', '54%'],
    itemStyle: { borderColor: hash(colours.paper), borderWidth: 2 },
    label: { ...label(14, colours.ink), overflow: 'break' as const, formatter: (item: any) => `${item.name}\n${format.value(item.value)} (${Math.round(item.percent)}%)` },
    data: chart.labels.map((name, index) => ({ name: plainText(name), value: chart.series[0].values[index] })).filter((item) => item.value > 0),
  }];
}

function axisSeries(chart: ChartInput, format: ReturnType<typeof formatter>) {
  const values = { show: showsValues(chart), position: 'top' as const, ...label(13, colours.ink), formatter: (item: any) => format.value(item.value) };
  return chart.series.map((series, index) => (chart.type === 'bar'
    ? { type: 'bar' as const, name: seriesName(chart, index), data: series.values, barMaxWidth: 70, barCategoryGap: '35%', label: values }
    : { type: 'line' as const, name: seriesName(chart, index), data: series.values, lineStyle: { width: 3 }, symbol: 'circle', symbolSize: 8, label: values }));
}

/** Up to a dozen categories are all named, wrapped where needed; of more, as many as there is room for. */
function categoryLabels(chart: ChartInput) {
  const all = chart.labels.length <= 12;
  const each = (size.width - 140) / chart.labels.length - 8;
  return { ...label(chart.labels.length > 8 ? 12 : 14, colours.ink), hideOverlap: !all, width: all ? each : 140, overflow: all ? 'break' as const : 'truncate' as const, ...(all ? { interval: 0 } : {}) };
}

function optionsOf(chart: ChartInput) {
  const format = formatter(chart);
  const several = chart.series.length > 1;
  const titleLines = chart.title ? wrapText(plainText(chart.title), size.width - 80, 20, true).length : 0;
  const common = {
    animation: false, backgroundColor: hash(colours.paper), color: palette.map(hash), textStyle: { fontFamily },
    title: { text: chart.title && plainText(chart.title), left: 'center', top: 18, textStyle: { ...label(20, colours.primary), fontWeight: 'bold' as const, width: size.width - 80, overflow: 'break' as const } },
  };
  if (chart.type === 'pie') return { ...common, series: pieSeries(chart, format) };
  return {
    ...common,
    legend: several ? { bottom: 14, textStyle: label(14, colours.ink), data: chart.series.map((_, index) => seriesName(chart, index)) } : undefined,
    grid: { left: 36, right: 36, top: 44 + titleLines * 28, bottom: several ? 56 : 28, outerBoundsMode: 'same' as const, outerBoundsContain: 'axisLabel' as const },
    xAxis: {
      type: 'category' as const, data: chart.labels.map(plainText), axisTick: { show: false }, axisLine: { lineStyle: { color: hash(colours.muted) } },
      axisLabel: categoryLabels(chart),
    },
    yAxis: { type: 'value' as const, splitLine: { lineStyle: { color: hash(colours.line) } }, axisLabel: { ...label(13, colours.muted), formatter: format.axis } },
    series: axisSeries(chart, format),
  };
}

function toPng(svg: string): Uint8Array {
  const font = { loadSystemFonts: false, fontFiles: [robotoFile('Regular'), robotoFile('Medium'), dejavuFile('DejaVuSans')], defaultFontFamily: 'Roboto' };
  return new Resvg(svg, { font, fitTo: { mode: 'zoom', value: density } }).render().asPng();
}

/** The bytes of a .png (default) or .svg, and its size in pixels. Throws ToolError for data that do not make a chart. */
export async function renderChart(input: ChartImageInput): Promise<Rendered> {
  checkChart(input, 'The chart');
  const drawing = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    drawing.setOption(optionsOf(input));
    const svg = drawing.renderToSVGString();
    if (input.format === 'svg') return { bytes: new TextEncoder().encode(svg), facts: { ...size } };
    return { bytes: new Uint8Array(toPng(svg)), facts: { width: size.width * density, height: size.height * density } };
  } finally {
    drawing.dispose();
  }
}
