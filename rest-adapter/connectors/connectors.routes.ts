import type { Route } from '../route.js';
import { presentConfiguredBrowser, presentConfiguredDesktopVm, presentConfiguredEmail, presentConnectors } from './connectors.presenter.js';

export const connectorRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/personas/:personaId/connectors',
    operation: 'ListConnectors',
    auth: true,
    status: 200,
    present: presentConnectors,
    summary: 'Read the connectors of a persona',
  },
  {
    method: 'PUT',
    path: '/api/personas/:personaId/connectors/email',
    operation: 'ConfigureEmail',
    auth: true,
    input: ['enabled', 'imapHost', 'imapPort', 'imapUsername', 'imapPassword', 'smtpHost', 'smtpPort', 'smtpUsername', 'smtpPassword'],
    status: 200,
    present: presentConfiguredEmail,
    summary: 'Say how a persona reads and sends mail',
  },
  {
    method: 'PUT',
    path: '/api/personas/:personaId/connectors/browser',
    operation: 'ConfigureBrowser',
    auth: true,
    input: ['enabled', 'profilePath'],
    status: 200,
    present: presentConfiguredBrowser,
    summary: 'Say which browser a persona has',
  },
  {
    method: 'PUT',
    path: '/api/personas/:personaId/connectors/desktop-vm',
    operation: 'ConfigureDesktopVm',
    auth: true,
    input: ['enabled', 'vncHost', 'vncPort', 'vncPassword'],
    status: 200,
    present: presentConfiguredDesktopVm,
    summary: 'Say which desktop a persona has',
  },
];
