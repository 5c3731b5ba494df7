import type { ScriptedCall } from '../support/providerServer.js';

const hostile = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" onload="window.broken=1"><script>window.broken=1</script>'
  + '<image href="http://198.51.100.7/pixel.png" width="9" height="9"/><rect width="200" height="100" fill="#0a7"/></svg>';
const markdown = '# Ideas\n\n- One\n- **Two**\n\n<img src=x onerror="window.broken=1">\n\n![pixel](http://198.51.100.7/pixel.png)\n';
const chart = { type: 'bar', title: 'Revenue', labels: ['Q1', 'Q2'], series: [{ name: '2026', values: [10, 25] }], unit: '€' };

const write = (path: string, content: string): ScriptedCall => ({ name: 'write_file', arguments: { path, content } });

/** Calls of the real tools that make a file of each kind that can be looked at, and some that try to break out. */
export const makesFiles: ScriptedCall[] = [
  {
    name: 'generate_powerpoint',
    arguments: {
      fileName: 'review', title: 'Quarterly review', subtitle: 'For the board',
      slides: [
        { title: 'Highlights', bullets: ['Revenue up by a tenth', '  Most of it abroad', 'Two colleagues joined'], notes: 'Thank the team first.' },
        { title: 'Figures', table: { headers: ['Region', 'Revenue'], rows: [['North', 1200], ['South', 900]] } },
        { title: 'Revenue by quarter', chart },
      ],
    },
  },
  {
    name: 'generate_document',
    arguments: {
      fileName: 'policy', title: 'Remote work',
      sections: [{ heading: 'Rules', bullets: ['Three days a week'], table: { headers: ['Day', 'Place'], rows: [['Monday', 'Office']] } }],
    },
  },
  {
    name: 'generate_spreadsheet',
    arguments: {
      fileName: 'budget',
      sheets: [
        {
          name: 'Costs', totals: true, columns: [{ header: 'Item' }, { header: 'Amount', format: 'currency', currency: 'EUR' }, { header: 'Share', format: 'percent' }],
          rows: [['Rent', 1200.5, 0.75], ['Food', 400, '=B3/B2']],
        },
        { name: 'Notes', columns: [{ header: 'Note' }], rows: [['Checked']] },
      ],
    },
  },
  { name: 'generate_pdf', arguments: { fileName: 'letter', title: 'A letter', sections: [{ heading: 'Dear all', content: 'The office moves in May.' }] } },
  { name: 'generate_chart', arguments: { ...chart, fileName: 'revenue' } },
  { name: 'generate_chart', arguments: { ...chart, fileName: 'revenue', format: 'svg' } },
  write('ideas.md', markdown),
  write('people.csv', 'name,born,code\nAda,1815-12-10,007\n"Lovelace, A.",1852,1-2\n'),
  write('data.json', '{"answer":42,"list":[1,2]}'),
  write('page.html', '<script>window.broken=1</script><p>Only text</p>'),
  write('hostile.svg', hostile),
  write('broken.pdf', 'This is no PDF'),
  write('broken.pptx', 'This is no presentation'),
  { name: 'zip_files', arguments: { paths: ['/workspace/ideas.md'], fileName: 'all' } },
];
