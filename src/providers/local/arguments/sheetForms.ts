/** Empty sheets for common purposes: headers and formulas, and no figures, because nobody gave any. */
export interface SheetForm {
  words: RegExp;
  /** `#` in a formula stands for the number of its row. */
  columns: { header: string; format?: string; formula?: string }[];
  rows?: number;
  totals?: boolean;
}

/** The last one serves for everything. */
export const sheetForms: SheetForm[] = [
  { words: /\b(?:holidays?|vacations?|leave|absences?|urlaub)\b/i, columns: [{ header: 'Name', format: 'text' }, { header: 'From', format: 'date' }, { header: 'To', format: 'date' }, { header: 'Days', formula: 'IF(OR(B#="",C#=""),"",C#-B#+1)' }, { header: 'Approved by', format: 'text' }], rows: 20 },
  { words: /\btime\s?sheets?|working hours|hours worked\b/i, columns: [{ header: 'Date', format: 'date' }, { header: 'Task', format: 'text' }, { header: 'Hours', format: 'number' }, { header: 'Rate', format: 'number' }, { header: 'Amount', formula: 'C#*D#' }], totals: true, rows: 20 },
  { words: /\b(?:budget|haushalt\w*)\b/i, columns: [{ header: 'Category', format: 'text' }, { header: 'Planned', format: 'number' }, { header: 'Actual', format: 'number' }, { header: 'Difference', formula: 'B#-C#' }], totals: true },
  { words: /\b(?:expenses?|dépenses|ausgaben|spending|costs?)\b/i, columns: [{ header: 'Date', format: 'date' }, { header: 'Description', format: 'text' }, { header: 'Category', format: 'text' }, { header: 'Amount', format: 'number' }], totals: true, rows: 20 },
  { words: /\b(?:invoice|price list|order|quote|offer)s?\b/i, columns: [{ header: 'Item', format: 'text' }, { header: 'Quantity', format: 'number' }, { header: 'Unit price', format: 'number' }, { header: 'Amount', formula: 'B#*C#' }], totals: true },
  { words: /\b(?:sales|revenue|umsatz|turnover)\b/i, columns: [{ header: 'Region or product', format: 'text' }, { header: 'Q1', format: 'number' }, { header: 'Q2', format: 'number' }, { header: 'Q3', format: 'number' }, { header: 'Q4', format: 'number' }, { header: 'Year', formula: 'SUM(B#:E#)' }], totals: true },
  { words: /\b(?:inventory|stock|equipment|devices)\b/i, columns: [{ header: 'Item', format: 'text' }, { header: 'Place', format: 'text' }, { header: 'In stock', format: 'integer' }, { header: 'Minimum', format: 'integer' }, { header: 'To order', formula: 'MAX(0,D#-C#)' }], rows: 20 },
  { words: /\b(?:contacts?|customers?|employees|staff|members|guests?|participants|addresses|people)\b/i, columns: [{ header: 'Name', format: 'text' }, { header: 'Role', format: 'text' }, { header: 'E-mail', format: 'text' }, { header: 'Phone', format: 'text' }, { header: 'Remark', format: 'text' }], rows: 20 },
  { words: /\b(?:tasks?|to-?dos?|projects?|plan|schedule|tracker|milestones?)\b/i, columns: [{ header: 'Task', format: 'text' }, { header: 'Owner', format: 'text' }, { header: 'Start', format: 'date' }, { header: 'Due', format: 'date' }, { header: 'Status', format: 'text' }, { header: 'Days left', formula: 'IF(D#="","",D#-TODAY())' }], rows: 20 },
  { words: /^/, columns: [{ header: 'Item', format: 'text' }, { header: 'Description', format: 'text' }, { header: 'Value', format: 'number' }, { header: 'Remark', format: 'text' }], totals: true },
];
