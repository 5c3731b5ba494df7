import { Globe, Mail, Monitor } from '@lucide/vue';
import type { Component } from 'vue';
import { t } from '../../texts';

export type ConnectorKind = keyof typeof t.connectors.kind;
export type ConnectorGroup = keyof typeof t.connectors.group;

export interface ConnectorField {
  name: string;
  kind: 'host' | 'port' | 'text' | 'password';
  /** The fields that say to whom a password is shown: when one of them changes, it is to be given again. */
  shownTo?: readonly string[];
  isOptional?: boolean;
}

interface KindDescription {
  icon: Component;
  groups: readonly { name?: ConnectorGroup; fields: readonly ConnectorField[] }[];
}

const mailFields = (protocol: ConnectorGroup): ConnectorField[] => [
  { name: `${protocol}Host`, kind: 'host' },
  { name: `${protocol}Port`, kind: 'port' },
  { name: `${protocol}Username`, kind: 'text' },
  { name: `${protocol}Password`, kind: 'password', shownTo: [`${protocol}Host`, `${protocol}Username`] },
];

/** The forms of the connectors. What may be in a field the server says. */
export const connectorKinds: Record<ConnectorKind, KindDescription> = {
  email: { icon: Mail, groups: [{ name: 'imap', fields: mailFields('imap') }, { name: 'smtp', fields: mailFields('smtp') }] },
  browser: { icon: Globe, groups: [{ fields: [{ name: 'profilePath', kind: 'text' }] }] },
  desktopVm: {
    icon: Monitor,
    groups: [{
      fields: [
        { name: 'vncHost', kind: 'host' }, { name: 'vncPort', kind: 'port' },
        { name: 'vncPassword', kind: 'password', shownTo: ['vncHost'], isOptional: true },
      ],
    }],
  },
};

export const fieldsOf = (kind: ConnectorKind) => connectorKinds[kind].groups.flatMap(({ fields }) => fields);
