/** Rejects with the signal's reason as soon as it is aborted, whether or not the work listens to it. */
export async function orStop<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: () => void;
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });
  work.catch(() => undefined); // it may fail after nobody waits for it any more
  return Promise.race([work, stopped]).finally(() => signal.removeEventListener('abort', stop));
}
