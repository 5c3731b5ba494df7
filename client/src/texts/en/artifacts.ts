import type { Trouble } from '../../features/artifacts/useArtifact';

const trouble: Record<Trouble, string> = {
  unknownKind: 'Files of this kind cannot be shown here',
  tooLarge: 'This file is too large to be shown here',
  notFetched: 'This file could not be loaded',
  unreadable: 'This file could not be read',
};

export const artifacts = {
  title: 'Files',
  none: 'Files that the run makes appear here.',
  noneEnded: 'This run made no files.',
  download: (name: string) => `Download ${name}`,
  downloadFailed: (name: string) => `${name} could not be downloaded`,
  downloadInstead: 'Download it and open it with a program of your own.',
  trouble,
  position: (number: number, count: number) => `${number} of ${count}`,
  previous: 'Previous file',
  next: 'Next file',
  newTab: 'Open in a new tab',
  page: (number: number) => `Page ${number}`,
  slide: (number: number) => `Slide ${number}`,
  notes: 'Notes: ',
  sheets: 'Sheets',
  emptySheet: 'This sheet is empty.',
  cut: 'Only the beginning is shown. Download the file to see all of it.',
};
