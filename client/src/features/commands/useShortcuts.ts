import { onScopeDispose } from 'vue';
import { useRouter } from 'vue-router';
import { opened } from './opened';
import { isPaletteKey, shortcuts } from './shortcuts';

/** How long the first of two keys is remembered, in milliseconds. */
const patience = 1_500;

/** Whether keys belong to something else: a field that is typed in, or a dialog or menu that is open. */
function isTaken({ target }: KeyboardEvent): boolean {
  const isField = target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));
  return isField || document.querySelector('[role=dialog], [role=alertdialog], [role=menu], [role=listbox]') !== null;
}

/** Listens to the shortcuts of the whole client while the caller is on the screen. */
export function useShortcuts(): void {
  const router = useRouter();
  let first: { key: string; at: number } | null = null;

  function onKey(event: KeyboardEvent) {
    if (isPaletteKey(event)) {
      event.preventDefault();
      opened.value = opened.value === 'palette' ? null : 'palette';
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented || isTaken(event)) return;
    const before = first && event.timeStamp - first.at < patience ? first.key : undefined;
    const known = shortcuts();
    const found = known.find(({ keys }) => keys[1] ? keys[0] === before && keys[1] === event.key : keys[0] === event.key && before === undefined);
    first = !found && known.some(({ keys }) => keys[1] && keys[0] === event.key) ? { key: event.key, at: event.timeStamp } : null;
    if (!found) return;
    // The key must not be written into the field that gets the focus.
    event.preventDefault();
    void found.act(router);
  }

  window.addEventListener('keydown', onKey);
  onScopeDispose(() => window.removeEventListener('keydown', onKey));
}
