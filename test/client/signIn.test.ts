import assert from 'node:assert/strict';
import { assertQuiet, openWindow, signIn, type Window } from './browser.js';
import { useClientServer } from './clientServer.js';

describe('the client: sign in', function () {
  this.timeout(60_000);
  const world = useClientServer();
  let window: Window;
  beforeEach(async () => {
    window = await openWindow(world.browser, world.address);
  });
  afterEach(async () => {
    await window.context.close();
  });

  it('names the fields that are missing', async () => {
    await window.page.goto('/sign-in');
    await window.page.getByRole('button', { name: 'Sign in' }).click();
    await window.page.getByText('Email is required').waitFor();
    await window.page.getByText('Password is required').waitFor();
    assert.equal(await window.page.getByLabel('Email').getAttribute('aria-invalid'), 'true');
  });

  it('refuses a wrong password in words', async () => {
    await window.page.goto('/sign-in');
    await window.page.getByLabel('Email').fill('demo@persona-platform.local');
    await window.page.getByLabel('Password').fill('wrong');
    await window.page.keyboard.press('Enter');
    await window.page.getByRole('alert').getByText('Invalid email or password').waitFor();
  });

  it('sends a stranger to the sign-in page, and back to where they were going', async () => {
    await window.page.goto('/personas');
    await window.page.waitForURL('**/sign-in?next=/personas');
    await window.page.getByRole('button', { name: 'Demo user' }).click();
    await window.page.getByRole('heading', { name: 'Personas' }).waitFor();
    assertQuiet(window);
  });

  it('keeps the session over a reload, and ends it on sign out', async () => {
    await signIn(window);
    await window.page.reload();
    await window.page.getByRole('heading', { name: 'What should be done, Demo?' }).waitFor();
    await window.page.getByRole('button', { name: /^Account/ }).click();
    await window.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await window.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    assert.equal(await window.page.evaluate('localStorage.getItem("persona-platform.session")'), null);
    assertQuiet(window);
  });

  it('renews an old token silently', async () => {
    await signIn(window);
    const before = await refreshToken();
    // The page holds the token that it read when it was loaded, so it is loaded with the spoilt one.
    await spoil('token');
    await window.page.goto('/personas');
    await window.page.getByText('Office Assistant').waitFor();
    assert.notEqual(await refreshToken(), before);
  });

  it('asks to sign in again over the page when the session has ended, and loses nothing typed', async () => {
    await signIn(window);
    await window.page.goto('/personas/create');
    await window.page.getByLabel('Name').fill('Half a persona');
    const session = JSON.parse(await window.page.evaluate('localStorage.getItem("persona-platform.session")') as string);
    await fetch(`${world.address}/api/auth/logout`, { method: 'POST', headers: { authorization: `Bearer ${session.token}` } });
    await window.page.getByLabel('System prompt').fill('You are half done.');
    await window.page.getByRole('button', { name: 'Create persona' }).click();
    const dialog = window.page.getByRole('dialog', { name: 'Sign in again' });
    await dialog.getByRole('button', { name: 'Demo user' }).click();
    await dialog.waitFor({ state: 'detached' });
    assert.equal(await window.page.getByLabel('Name').inputValue(), 'Half a persona');
    await window.page.getByRole('button', { name: 'Create persona' }).click();
    await window.page.getByRole('heading', { name: 'Half a persona' }).waitFor();
  });

  it('follows the device in light and dark, and keeps a choice', async () => {
    await window.page.emulateMedia({ colorScheme: 'dark' });
    await signIn(window);
    assert.equal(await brightness(), 'dark');
    await window.page.getByRole('button', { name: /^Account/ }).click();
    await window.page.getByRole('menuitemradio', { name: 'Light' }).click();
    assert.equal(await brightness(), 'light');
    await window.page.reload();
    assert.equal(await brightness(), 'light');
    assertQuiet(window);
  });

  const refreshToken = () => window.page.evaluate('JSON.parse(localStorage.getItem("persona-platform.session")).refreshToken');

  const spoil = (key: string) => window.page.evaluate((name) => {
    const session = JSON.parse(localStorage.getItem('persona-platform.session')!);
    localStorage.setItem('persona-platform.session', JSON.stringify({ ...session, [name]: `${session[name]}x` }));
  }, key);

  const brightness = () => window.page.evaluate(() =>
    Number(getComputedStyle(document.documentElement).backgroundColor.match(/\d+/)![0]) > 127 ? 'light' : 'dark');
});
