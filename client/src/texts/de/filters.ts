import type { Texts } from '../en';
import { plural } from '../plural';

export const filters: Texts['filters'] = {
  label: 'Filter',
  set: plural('de', { one: '# Filter', other: '# Filter' }),
  clear: 'Filter entfernen',
};
