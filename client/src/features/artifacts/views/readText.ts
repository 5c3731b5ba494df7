/** More would take the page long to lay out. */
const mostShown = 500_000;

/** The text of a file, and whether it was longer than what is shown. */
export async function readText(bytes: Blob): Promise<{ text: string; isCut: boolean }> {
  const text = await bytes.text();
  return { text: text.slice(0, mostShown), isCut: text.length > mostShown };
}
