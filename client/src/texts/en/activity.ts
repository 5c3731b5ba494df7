import { formatNumber } from '../locale';

export const activity = {
  title: 'Activity',
  lead: 'Who did what with this persona, newest first.',
  filter: 'Kind of event',
  all: 'All kinds',
  system: 'The platform',
  run: 'See the run',
  more: 'Load more',
  shown: (shown: number, all: number) => `${formatNumber(shown)} of ${formatNumber(all)} events`,
  none: 'Nothing has happened yet',
  noneHint: 'Runs, uploads, changes and refused accesses are listed here as they happen.',
  noneOfKind: 'Nothing of this kind has happened',
};
