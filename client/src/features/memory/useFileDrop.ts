import { onMounted, onUnmounted, ref } from 'vue';

/**
 * Takes files that are dropped anywhere on the page, folders with all that is in them. A browser would open what misses a
 * smaller target, and with it leave the page. `isOver` is true while files are held over it.
 */
export function useFileDrop(isWanted: () => boolean, take: (files: File[]) => unknown) {
  const isOver = ref(false);
  /** Every element that is passed tells that it was entered and left. */
  let depth = 0;

  const hasFiles = (event: DragEvent) => !!event.dataTransfer?.types.includes('Files');
  const handlers: Record<string, (event: DragEvent) => void> = {
    dragenter(event) {
      if (!hasFiles(event)) return;
      depth += 1;
      isOver.value = isWanted();
    },
    dragleave(event) {
      if (hasFiles(event) && --depth <= 0) isOver.value = false;
    },
    dragover(event) {
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.dataTransfer!.dropEffect = isWanted() ? 'copy' : 'none';
    },
    drop(event) {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth = 0;
      isOver.value = false;
      if (isWanted()) void filesOf(event.dataTransfer!).then(take);
    },
  };
  const events = Object.entries(handlers) as [string, EventListener][];
  onMounted(() => events.forEach(([name, handler]) => addEventListener(name, handler)));
  onUnmounted(() => events.forEach(([name, handler]) => removeEventListener(name, handler)));
  return { isOver };
}

/** The items are gone as soon as the event is over, so all are asked for first. */
async function filesOf({ items }: DataTransfer): Promise<File[]> {
  const dropped = [...items].filter(({ kind }) => kind === 'file').map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
  const files = await Promise.all(dropped.map((one) => (one instanceof File ? [one] : one ? filesIn(one) : [])));
  return files.flat();
}

async function filesIn(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) return [await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: File[] = [];
  // A folder is read in pieces, of which the last is empty.
  for (;;) {
    const piece = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (piece.length === 0) return found;
    found.push(...(await Promise.all(piece.map(filesIn))).flat());
  }
}
