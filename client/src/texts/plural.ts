import { formatNumber } from './locale';

type Forms = { one: string; other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

/** A function that says how many there are: `#` in the form that fits becomes the number as the reader writes it. */
export function plural(language: string, forms: Forms): (count: number) => string {
  const rules = new Intl.PluralRules(language);
  return (count) => (forms[rules.select(count)] ?? forms.other).replace('#', formatNumber(count));
}
