import type { Data } from '../route.js';

export const presentConnectors = ({ connectors: { email, browser, desktopVm } }: Data) => ({
  email: presentEmail(email),
  browser: presentBrowser(browser),
  desktopVm: presentDesktopVm(desktopVm),
});

export const presentConfiguredEmail = ({ configureEmail }: Data) => ({ ...presentEmail(configureEmail), updatedAt: configureEmail.updatedAt });

export const presentConfiguredBrowser = ({ configureBrowser }: Data) => ({ ...presentBrowser(configureBrowser), updatedAt: configureBrowser.updatedAt });

export const presentConfiguredDesktopVm = ({ configureDesktopVm }: Data) =>
  ({ ...presentDesktopVm(configureDesktopVm), updatedAt: configureDesktopVm.updatedAt });

/** The document has one username, the one that mail is read with. */
const presentEmail = (email: Data) => ({
  enabled: email.enabled,
  imapHost: email.imapHost,
  imapPort: email.imapPort,
  smtpHost: email.smtpHost,
  smtpPort: email.smtpPort,
  username: email.imapUsername,
});

const presentBrowser = (browser: Data) => ({ enabled: browser.enabled, profilePath: browser.profilePath });

const presentDesktopVm = (desktopVm: Data) => ({ enabled: desktopVm.enabled, vncHost: desktopVm.vncHost, vncPort: desktopVm.vncPort });
