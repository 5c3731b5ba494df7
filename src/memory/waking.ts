type Listener = () => void;

const listeners = new Set<Listener>();

/** Calls back when a document was added by this process. Returns what stops it. */
export function onDocumentAdded(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells whoever processes documents here that there is one; those of other processes find it by looking. */
export function wakeProcessor(): void {
  for (const listener of listeners) listener();
}
