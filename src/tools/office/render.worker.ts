import { parentPort, workerData } from 'node:worker_threads';
import { ToolError } from '../tool.js';
import type { Rendered } from './content.js';
import type { RenderAnswer, RenderJob } from './render.js';

/** Runs one rendering in a thread of its own; each library is loaded only for what needs it. */
const renderers: Record<RenderJob['kind'], () => Promise<(input: any) => Promise<Rendered>>> = {
  powerpoint: async () => (await import('./powerpoint.js')).renderPowerpoint,
  document: async () => (await import('./document.js')).renderDocument,
  spreadsheet: async () => (await import('./spreadsheet.js')).renderSpreadsheet,
  pdf: async () => (await import('./pdf.js')).renderPdf,
  chart: async () => (await import('./chart.js')).renderChart,
};

async function answer(job: RenderJob): Promise<RenderAnswer> {
  try {
    const render = await renderers[job.kind]();
    return { rendered: await render(job.input) };
  } catch (error) {
    if (error instanceof ToolError) return { refusal: error.message };
    throw error;
  }
}

parentPort!.postMessage(await answer(workerData as RenderJob));
