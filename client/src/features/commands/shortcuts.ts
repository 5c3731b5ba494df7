import type { Router } from 'vue-router';
import { places } from '../../places';
import { t } from '../../texts';
import { opened } from './opened';

/** What a key, or two one after the other, does anywhere in the client. */
export interface Shortcut {
  keys: readonly [string] | readonly [string, string];
  text: () => string;
  act: (router: Router) => unknown;
}

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** How the combination that opens the palette is written on this device. */
export const paletteKeys = isMac ? '⌘ K' : 'Ctrl K';

export const isPaletteKey = ({ key, metaKey, ctrlKey, altKey, shiftKey }: KeyboardEvent) =>
  key.toLowerCase() === 'k' && (isMac ? metaKey : ctrlKey) && !altKey && !shiftKey;

/** Goes to the field for a new request. */
export async function newRun(router: Router): Promise<void> {
  await router.push({ name: 'home' });
  document.querySelector<HTMLElement>('#content textarea')?.focus();
}

function search(): void {
  const field = document.querySelector<HTMLElement>('#content [role=search] input');
  if (field) field.focus();
  else opened.value = 'palette';
}

/** All shortcuts, in the order in which they are listed. */
export const shortcuts = (): Shortcut[] => [
  ...places().map(({ key, text, to }): Shortcut => ({ keys: ['g', key], text, act: (router) => router.push(to) })),
  { keys: ['c'], text: () => t.commands.newRun, act: newRun },
  { keys: ['/'], text: () => t.commands.search, act: search },
  { keys: ['?'], text: () => t.commands.shortcuts, act: () => (opened.value = 'shortcuts') },
];
