import { hostFault } from '../outbound/hosts.js';
import { fieldLabel, isRequired } from '../validation.js';

export const connectorKinds = ['email', 'browser', 'desktopVm'] as const;
export type ConnectorKind = (typeof connectorKinds)[number];

/** What kind of value a field holds. */
type FieldKind = 'host' | 'port' | 'text' | 'path';

interface KindDescription {
  /** What it is called in sentences. */
  label: string;
  settings: Readonly<Record<string, FieldKind>>;
  /** Each password with the settings that say to whom it is shown. It is asked for again when one of them changes. */
  passwords: Readonly<Record<string, readonly string[]>>;
  /** What an enabled connector may be without. */
  optional: readonly string[];
}

export const kinds: Record<ConnectorKind, KindDescription> = {
  email: {
    label: 'email',
    settings: { imapHost: 'host', imapPort: 'port', imapUsername: 'text', smtpHost: 'host', smtpPort: 'port', smtpUsername: 'text' },
    passwords: { imapPassword: ['imapHost', 'imapUsername'], smtpPassword: ['smtpHost', 'smtpUsername'] },
    optional: [],
  },
  browser: { label: 'browser', settings: { profilePath: 'path' }, passwords: {}, optional: [] },
  desktopVm: {
    label: 'desktop VM', settings: { vncHost: 'host', vncPort: 'port' }, passwords: { vncPassword: ['vncHost'] }, optional: ['vncPassword'],
  },
};

export const longest = { host: 253, text: 320, path: 1024, password: 1000 };
export const ports = { smallest: 1, largest: 65_535 };

const controls = /[\0-\x1f\x7f]/;

/** What is wrong with a value, to follow its label, or null. */
function faultOf(kind: FieldKind | 'password', value: unknown): string | null {
  if (kind === 'port') {
    const fits = Number.isInteger(value) && (value as number) >= ports.smallest && (value as number) <= ports.largest;
    return fits ? null : `must be from ${ports.smallest} to ${ports.largest}`;
  }
  const text = String(value);
  if (text.length > longest[kind]) return `must have at most ${longest[kind]} characters`;
  if (controls.test(text)) return 'must be one line of plain text';
  if (kind === 'host') return hostFault(text);
  if (kind === 'path' && (!text.startsWith('/') || text.split('/').includes('..'))) return 'must be an absolute path such as /cache/browser-profile';
  return null;
}

/** One sentence for each given field that cannot be; null stands for a field that is emptied. */
export function fieldFaults(kind: ConnectorKind, given: Record<string, unknown>): Record<string, string> {
  const { settings, passwords } = kinds[kind];
  const faults: Record<string, string> = {};
  for (const field of [...Object.keys(settings), ...Object.keys(passwords)]) {
    const value = given[field];
    if (value === undefined || value === null) continue;
    const fault = String(value).trim() === '' ? '' : faultOf(settings[field] ?? 'password', value);
    if (fault !== null) faults[field] = fault === '' ? isRequired(field) : `${fieldLabel(field)} ${fault}`;
  }
  return faults;
}
