export const chart = {
  asTable: 'Show as table',
  asChart: 'Show as chart',
  time: 'Time',
  total: 'Total',
  none: 'Nothing in this period',
  week: (day: string) => `Week of ${day}`,
  show: (name: string) => `Show ${name}`,
};
