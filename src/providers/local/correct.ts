/** Arguments mended after a tool refused them, where its sentence makes the remedy plain. */

type Loose = Record<string, any>;

/** The corrected arguments, or null when the error does not say what to change. */
export function correct(args: Record<string, unknown>, error: string): Record<string, unknown> | null {
  const mended: Loose = structuredClone(args);
  if (/\bpie\b/i.test(error)) {
    const charts = [mended, ...(mended.slides ?? []).map((slide: Loose) => slide.chart).filter(Boolean)].filter((one: Loose) => one.type === 'pie');
    charts.forEach((chart: Loose) => (chart.type = 'bar'));
    return charts.length ? mended : null;
  }
  if (mended.onePage && /\b(?:one|single) page|does not fit|too (?:much|long)/i.test(error)) {
    mended.sections = mended.sections.map((section: Loose) => ({ ...section, ...(section.bullets ? { bullets: section.bullets.slice(0, 2) } : {}), ...(section.table ? { table: { ...section.table, rows: section.table.rows.slice(0, 8) } } : {}) }));
    return mended;
  }
  if (mended.timezone && /time\s?zone/i.test(error)) return without(mended, 'timezone');
  let changed = false;
  for (const [, path] of error.matchAll(/([\w[\].]+) is not known/g)) changed = change(mended, path, () => undefined) || changed;
  for (const [, path, most] of error.matchAll(/([\w[\].]+) has \d+ characters; at most (\d+)/g)) changed = change(mended, path, (value) => String(value).slice(0, Number(most))) || changed;
  for (const [, path, most] of error.matchAll(/([\w[\].]+) has \d+ entries; at most (\d+)/g)) changed = change(mended, path, (value) => (value as unknown[]).slice(0, Number(most))) || changed;
  return changed ? mended : null;
}

const without = (args: Loose, name: string): Loose => Object.fromEntries(Object.entries(args).filter(([key]) => key !== name));

/** Replaces the value at `slides[2].title`; undefined removes it. False when there is no such place. */
function change(target: Loose, path: string, replace: (value: unknown) => unknown): boolean {
  const keys = path.match(/[^.[\]]+/g) ?? [];
  const last = keys.pop();
  const parent = keys.reduce<Loose | undefined>((one, key) => one?.[key], target);
  if (!last || parent === undefined || !(last in parent)) return false;
  const value = replace(parent[last]);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return true;
}
