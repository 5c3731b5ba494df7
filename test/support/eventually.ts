/** Waits for a condition, looking every few milliseconds; fails after ten seconds. */
export async function eventually<T>(look: () => Promise<T | false | undefined | null> | T | false | undefined | null): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`still not so after ten seconds: ${look}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
