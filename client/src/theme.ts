import { ref, watchEffect } from 'vue';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const storageKey = 'persona-platform.theme';
const kept = localStorage.getItem(storageKey);

/** The colours in use; `system` follows the device. */
export const theme = ref<Theme>(kept === 'light' || kept === 'dark' ? kept : 'system');

watchEffect(() => {
  if (theme.value === 'system') {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem(storageKey);
  } else {
    document.documentElement.dataset.theme = theme.value;
    localStorage.setItem(storageKey, theme.value);
  }
});
