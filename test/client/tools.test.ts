import assert from 'node:assert/strict';
import { assertQuiet, openWindow, signIn, type Window } from './browser.js';
import { useClientServer } from './clientServer.js';
import { makePersona, restOf } from './rest.js';

describe('the client: what a tool takes, and its settings', function () {
  this.timeout(60_000);
  const world = useClientServer();
  let window: Window;

  beforeEach(async () => {
    const personaId = await makePersona(await restOf(world.address), 'Workshop');
    window = await openWindow(world.browser, world.address);
    await signIn(window);
    await window.page.goto(`/personas/${personaId}/tools`);
    await window.page.getByRole('button', { name: /^Generate PDF/ }).click();
  });
  afterEach(() => window.context.close());

  const tool = () => window.page.getByRole('listitem').filter({ has: window.page.getByRole('button', { name: /^Generate PDF/ }) });

  it('shows its arguments in words, and no settings before it is switched on', async () => {
    await tool().getByText('Sections', { exact: true }).waitFor();
    await tool().getByText('Switch it on to change its settings.').waitFor();
    assert.equal(await tool().getByText('"properties"').count(), 0);
    assertQuiet(window);
  });

  it('is set up by a form made of its schema, with faults beside the fields', async () => {
    await tool().getByRole('switch', { name: 'Allow Generate PDF' }).click();
    const size = tool().getByLabel('Max file size');
    await size.fill('many');
    await tool().getByRole('button', { name: 'Save' }).click();
    await tool().getByText('maxFileSize must be an integer').waitFor();
    await size.fill('5000000');
    await tool().getByRole('button', { name: 'Save' }).click();
    await window.page.getByText('Settings of Generate PDF saved').first().waitFor();
    await tool().getByText('That is 5 MB.').waitFor();
    await window.page.reload();
    await window.page.getByRole('button', { name: /^Generate PDF/ }).click();
    assert.equal(await size.inputValue(), '5000000');
    assertQuiet(window);
  });
});
