import assert from 'node:assert/strict';
import { assertQuiet, openWindow, signIn, told, type Window } from './browser.js';
import { useClientServer } from './clientServer.js';

describe('the client: users', function () {
  this.timeout(60_000);
  const world = useClientServer();
  let window: Window;
  beforeEach(async () => {
    window = await openWindow(world.browser, world.address);
  });
  afterEach(async () => {
    await window.context.close();
  });

  const act = async (name: string, action: string) => {
    await window.page.getByRole('button', { name: `What to do with ${name}` }).click();
    await window.page.getByRole('menuitem', { name: action }).click();
  };
  const confirm = (submit: string) => window.page.getByRole('alertdialog').getByRole('button', { name: submit }).click();
  const open = async () => {
    await signIn(window, 'Demo admin');
    await window.page.getByRole('link', { name: 'Users' }).click();
    await window.page.getByText('demo@persona-platform.local').waitFor();
  };

  it('are not offered to others, who get a fitting page when they type the address', async () => {
    await signIn(window);
    assert.equal(await window.page.getByRole('link', { name: 'Users' }).count(), 0);
    await window.page.goto('/admin/users');
    await window.page.getByRole('heading', { name: 'Only administrators manage users' }).waitFor();
    assert.equal(await window.page.getByRole('button', { name: 'New user' }).count(), 0);
    assertQuiet(window);
  });

  it('are made, with what is wrong beside the fields, and found', async () => {
    await open();
    const { page } = window;
    await page.getByRole('button', { name: 'New user' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Create account' }).click();
    await dialog.getByText('Email is required').waitFor();
    await dialog.getByLabel('Name').fill('Grace Hopper');
    await dialog.getByLabel('Email').fill('demo@persona-platform.local');
    await dialog.getByLabel('First password').fill('grace has a password');
    await dialog.getByRole('button', { name: 'Create account' }).click();
    await dialog.getByRole('alert').getByText('A user with this email exists already').waitFor();
    await dialog.getByLabel('Email').fill('grace@example.org');
    await dialog.getByRole('button', { name: 'Create account' }).click();
    await told(window, 'Grace Hopper can sign in now');
    await page.getByRole('listitem').filter({ hasText: 'grace@example.org' }).waitFor();

    await page.getByRole('textbox', { name: 'Search by name or email' }).fill('grace');
    await page.getByText('1 user', { exact: true }).waitFor();
    assert.match(page.url(), /search=grace/);
    await page.getByLabel('Role').selectOption('admin');
    await page.getByRole('heading', { name: 'Nobody fits this search' }).waitFor();
    await page.reload();
    assert.equal(await page.getByRole('textbox', { name: 'Search by name or email' }).inputValue(), 'grace');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByText('3 users', { exact: true }).waitFor();
    assertQuiet(window);
  });

  it('change their role and cannot lock out the last administrator', async () => {
    await open();
    const { page } = window;
    await page.getByRole('button', { name: 'What to do with Demo Admin' }).click();
    assert.equal(await page.getByRole('menuitem', { name: 'Deactivate' }).count(), 0);
    await page.getByRole('menuitem', { name: 'Take administration away' }).click();
    await confirm('Give up');
    await told(window, 'The last active administrator cannot be demoted or deactivated');
    await act('Grace Hopper', 'Make administrator');
    await confirm('Make administrator');
    await told(window, 'Grace Hopper is an administrator now');
    await page.getByRole('listitem').filter({ hasText: 'grace@example.org' }).getByText('Administrator').waitFor();
    await act('Grace Hopper', 'Take administration away');
    await confirm('Take away');
    await told(window, 'Grace Hopper is no administrator any more');
    assertQuiet(window);
  });

  it('are signed out at once when they are deactivated, and their demo button is gone', async () => {
    const theirs = await openWindow(world.browser, world.address);
    await signIn(theirs);
    await open();
    await act('Demo User', 'Deactivate');
    await confirm('Deactivate');
    await told(window, 'Demo User is deactivated and signed out');
    await window.page.getByRole('listitem').filter({ hasText: 'demo@' }).getByText('Deactivated').waitFor();
    await theirs.page.getByRole('link', { name: 'Personas' }).click();
    await theirs.page.getByRole('dialog', { name: 'Sign in again' }).waitFor();

    const stranger = await openWindow(world.browser, world.address);
    await stranger.page.goto('/sign-in');
    await stranger.page.getByRole('button', { name: 'Demo admin' }).waitFor();
    assert.equal(await stranger.page.getByRole('button', { name: 'Demo user' }).count(), 0);
    await stranger.context.close();

    await act('Demo User', 'Activate');
    await told(window, 'Demo User can sign in again');
    await theirs.context.close();
    assertQuiet(window);
  });

  it('get a new password from the administrator when they have forgotten theirs', async () => {
    await open();
    await act('Grace Hopper', 'Set a new password');
    const dialog = window.page.getByRole('dialog');
    await dialog.getByLabel('New password').fill('short');
    await dialog.getByRole('button', { name: 'Set a new password' }).click();
    await dialog.getByText('Password must have at least 8 characters').waitFor();
    await dialog.getByLabel('New password').fill('grace has another one');
    await dialog.getByRole('button', { name: 'Set a new password' }).click();
    await told(window, 'Grace Hopper has a new password');
    const answer = await fetch(`${world.address}/api/auth/login`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email: 'grace@example.org', password: 'grace has another one' }),
    });
    assert.equal(answer.status, 200);
    assertQuiet(window);
  });
});
