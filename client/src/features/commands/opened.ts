import { ref } from 'vue';

/** What is open over the page: the palette of commands, the list of shortcuts, or nothing. */
export const opened = ref<'palette' | 'shortcuts' | null>(null);
