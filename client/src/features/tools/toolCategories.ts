import { t } from '../../texts';
import { humanise } from '../../texts/format';

/** Tools by category, those that people look for first before the others. */
export function byCategory<T extends { category: string }>(tools: readonly T[]): { category: string; name: string; tools: T[] }[] {
  const known = Object.keys(t.tools.category);
  const place = (category: string) => (known.includes(category) ? known.indexOf(category) : known.length);
  return Object.entries(Object.groupBy(tools, ({ category }) => category))
    .map(([category, listed]) => ({ category, name: t.tools.category[category] ?? humanise(category), tools: listed! }))
    .sort((a, b) => place(a.category) - place(b.category));
}
