import { onMounted } from 'vue';

/** Runs what makes a view when it is on the page; whatever it throws says that the file cannot be read. */
export function useView(make: () => Promise<unknown>, onUnreadable: () => void): void {
  onMounted(() => make().catch(onUnreadable));
}
