import assert from 'node:assert/strict';
import { assertQuiet, openWindow, signIn, told, type Window } from './browser.js';
import { useClientServer } from './clientServer.js';

const first = { name: 'Ada', email: 'ada@example.org', password: 'the first password' };

describe('the client: a fresh platform and an open registration', function () {
  this.timeout(60_000);
  const world = useClientServer({ SEED_DEMO: 'false', ALLOW_REGISTRATION: 'true' });
  let window: Window;
  beforeEach(async () => {
    window = await openWindow(world.browser, world.address);
  });
  afterEach(async () => {
    await window.context.close();
  });

  async function register({ page }: Window, { name, email, password }: typeof first) {
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Create account' }).click();
  }

  it('leads to the first account, says what is wrong with it beside the fields, and makes it the administrator', async () => {
    const { page } = window;
    await page.goto('/personas');
    await page.getByRole('heading', { name: 'Create the first account' }).waitFor();
    await register(window, { name: '', email: 'ada', password: 'short' });
    await page.getByText('Name is required').waitFor();
    await page.getByText('Email must be a valid email').waitFor();
    await page.getByText('Password must have at least 8 characters').waitFor();
    await page.getByRole('button', { name: 'Show password' }).click();
    assert.equal(await page.getByLabel('Password', { exact: true }).getAttribute('type'), 'text');
    await register(window, first);
    await page.getByRole('heading', { name: 'Personas', exact: true }).waitFor();
    await page.getByRole('link', { name: 'Users' }).waitFor();
  });

  it('offers no demo accounts, and an account to anyone', async () => {
    const { page } = window;
    await page.goto('/sign-in');
    await page.getByRole('link', { name: 'Create an account' }).click();
    await page.getByRole('heading', { name: 'Create an account' }).waitFor();
    await register(window, { ...first, email: 'ADA@example.org' });
    await page.getByRole('alert').getByText('A user with this email exists already').waitFor();
    await page.goto('/sign-in');
    await page.getByRole('link', { name: 'Create an account' }).waitFor();
    assert.equal(await page.getByRole('button', { name: /^Demo/ }).count(), 0);
    await page.goto('/register');
    await register(window, { name: 'Grace', email: 'grace@example.org', password: 'another password' });
    await page.getByRole('heading', { name: 'What should be done, Grace?' }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'Users' }).count(), 0);
  });

  it('changes the password, which ends other sessions but not this one', async () => {
    const other = await openWindow(world.browser, world.address);
    for (const { page } of [window, other]) {
      await page.goto('/sign-in');
      await page.getByLabel('Email').fill(first.email);
      await page.getByLabel('Password', { exact: true }).fill(first.password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('heading', { name: /What should be done/ }).waitFor();
    }
    const { page } = window;
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitem', { name: 'Your account' }).click();
    await page.getByText('ada@example.org').first().waitFor();
    await page.getByLabel('Current password').fill('not mine');
    await page.getByLabel('New password').fill('a better password');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Current password is wrong').waitFor();
    await page.getByLabel('Current password').fill(first.password);
    await page.getByRole('button', { name: 'Change password' }).click();
    await told(window, 'Password changed; your other sessions have ended');
    assert.equal(await page.getByLabel('New password').inputValue(), '');
    await page.getByRole('link', { name: 'Runs', exact: true }).click();
    await page.getByRole('heading', { name: 'Runs', exact: true }).waitFor();
    assertQuiet(window);

    await other.page.getByRole('link', { name: 'Runs', exact: true }).click();
    await other.page.getByRole('dialog', { name: 'Sign in again' }).waitFor();
    await other.context.close();
  });
});

describe('the client: a closed registration', function () {
  this.timeout(60_000);
  const world = useClientServer();

  it('says who makes accounts, and offers none', async () => {
    const window = await openWindow(world.browser, world.address);
    await window.page.goto('/register');
    await window.page.getByRole('heading', { name: 'Accounts are made by an administrator' }).waitFor();
    await window.page.getByRole('link', { name: 'Sign in' }).click();
    await window.page.getByRole('button', { name: 'Demo user' }).waitFor();
    assert.equal(await window.page.getByRole('link', { name: 'Create an account' }).count(), 0);
    await signIn(window);
    await window.page.goto('/register');
    await window.page.getByRole('heading', { name: /What should be done/ }).waitFor();
    assertQuiet(window);
    await window.context.close();
  });
});
