import assert from 'node:assert/strict';
import { assertQuiet, openWindow, signIn, type Window } from './browser.js';
import { useClientServer } from './clientServer.js';
import { emailOf, makePersona, restOf, type Rest } from './rest.js';

describe('the client: connectors', function () {
  this.timeout(60_000);
  const world = useClientServer();
  let window: Window;
  let rest: Rest;
  let personaId: string;
  let made = 0;
  const form = (name: string, { page } = window) => page.getByRole('region', { name });

  beforeEach(async () => {
    rest = await restOf(world.address);
    personaId = await makePersona(rest, `Post office ${++made}`);
    window = await openWindow(world.browser, world.address);
    await signIn(window);
    await window.page.goto(`/personas/${personaId}/connectors`);
    await form('Mail').waitFor();
  });
  afterEach(() => window.context.close());

  it('shows beside the fields what the server does not take', async () => {
    const mail = form('Mail');
    await mail.getByRole('switch').click();
    await mail.getByLabel('IMAP host').fill('localhost');
    await mail.getByLabel('Port').first().fill('99999');
    await mail.getByRole('button', { name: 'Save' }).click();
    await mail.getByText('must be a host on the public internet').waitFor();
    await mail.getByText('must be from 1 to 65535').waitFor();
    await mail.getByLabel('Port').first().fill('post');
    await mail.getByRole('button', { name: 'Save' }).click();
    await mail.getByText('Port must be a number').waitFor();
    await mail.getByLabel('IMAP host').fill('imap.example.com');
    await mail.getByLabel('Port').first().fill('993');
    await mail.getByRole('button', { name: 'Save' }).click();
    await mail.getByText('Smtp host is required').waitFor();
    assertQuiet(window);
  });

  it('offers a viewer nothing to change', async () => {
    await rest('PUT', `/personas/${personaId}/connectors/browser`, { enabled: true, profilePath: '/cache/profile' });
    await rest('POST', `/personas/${personaId}/members`, { userEmail: emailOf('admin'), role: 'viewer' });
    const viewer = await openWindow(world.browser, world.address);
    await viewer.page.goto('/sign-in');
    await viewer.page.getByRole('button', { name: 'Demo admin' }).click();
    await viewer.page.waitForURL('/');
    await viewer.page.goto(`/personas/${personaId}/connectors`);
    await form('Browser', viewer).getByText('/cache/profile').waitFor();
    assert.equal(await viewer.page.locator('main').getByRole('textbox').count(), 0);
    assert.equal(await viewer.page.locator('main').getByRole('switch').count(), 0);
    assertQuiet(viewer);
    await viewer.context.close();
  });

  it('keeps a password without showing it, and asks for it again when it would go elsewhere', async () => {
    const mail = form('Mail');
    for (const [index, protocol] of ['imap', 'smtp'].entries()) {
      await mail.getByLabel(`${protocol.toUpperCase()} host`).fill(`${protocol}.example.com`);
      await mail.getByLabel('Port').nth(index).fill(index ? '465' : '993');
      await mail.getByLabel(/^Username/).nth(index).fill('ann@example.com');
      await mail.getByLabel('Password').nth(index).fill('open sesame');
    }
    await mail.getByRole('switch').click();
    await mail.getByRole('button', { name: 'Save' }).click();
    await window.page.getByText('Mail saved').first().waitFor();
    await mail.getByText('On', { exact: true }).waitFor();
    assert.equal(await mail.getByLabel('Password').first().inputValue(), '');
    assert.equal((await window.page.content()).includes('open sesame'), false);

    await mail.getByText('Leave it empty to keep the one that is stored.').first().waitFor();
    await mail.getByLabel('IMAP host').fill('elsewhere.example.com');
    await mail.getByText('Give it again: IMAP host changes').waitFor();
    await mail.getByRole('button', { name: 'Save' }).click();
    await mail.getByText(/must be given again when/).waitFor();
    await mail.getByLabel('Password').first().fill('another');
    await mail.getByRole('button', { name: 'Save' }).click();
    await mail.getByText(/must be given again when/).waitFor({ state: 'detached' });
    await window.page.reload();
    assert.equal(await mail.getByLabel('IMAP host').inputValue(), 'elsewhere.example.com');
    assertQuiet(window);
  });

  it('can forget the password of a desktop', async () => {
    await rest('PUT', `/personas/${personaId}/connectors/desktop-vm`, { enabled: true, vncHost: 'desk.example.com', vncPort: 5900, vncPassword: 'secret' });
    await window.page.reload();
    const desktop = form('Desktop');
    await desktop.getByLabel('VNC host').fill('other.example.com');
    await desktop.getByRole('button', { name: 'Forget the stored password' }).click();
    await desktop.getByText('is forgotten when you save').waitFor();
    await desktop.getByRole('button', { name: 'Save' }).click();
    await window.page.getByText('Desktop saved').first().waitFor();
    assertQuiet(window);
  });
});
