/** One look for everything the office tools make. Colours are RRGGBB without the hash. */
export const colours = {
  ink: '1F2937',
  muted: '6B7280',
  line: 'D5DBE3',
  stripe: 'F4F6F9',
  paper: 'FFFFFF',
  primary: '1B3A5C',
  accent: '0E8A7D',
  pale: 'C9D6E4',
} as const;

/** Series of charts, in order; told apart in grey as well as in colour. */
export const palette = ['1B3A5C', '0E8A7D', 'E0A030', 'C0504D', '6C8EBF', '8E6BA8', '5B7F3A', '9AA5B1'];

/** On every Windows, macOS and (as its metric twin Liberation Sans) Linux machine, so the measured lines are the drawn ones. */
export const officeFont = 'Arial';
