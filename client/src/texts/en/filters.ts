import { plural } from '../plural';

export const filters = {
  label: 'Filters',
  set: plural('en', { one: '# filter', other: '# filters' }),
  clear: 'Clear filters',
};
