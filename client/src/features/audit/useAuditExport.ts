import { ref } from 'vue';
import { tell, tellProblem } from '../../components/toasts';
import type { ExportFormat } from '../../graphql/schema';
import { t } from '../../texts';
import { freshToken } from '../auth/session';

/** Browsers that can write to a file while it arrives. */
interface Saving {
  showSaveFilePicker?(options: { suggestedName: string }): Promise<{ createWritable(): Promise<WritableStream<Uint8Array>> }>;
}

/**
 * Saves the audit log as a file, as it is filtered. Where the browser lets a page write files, the text goes from the network to
 * the disk piece by piece; elsewhere the browser collects it and saves it at the end.
 */
export function useAuditExport() {
  /** How many bytes have arrived of the export under way; null when there is none. */
  const bytes = ref<number | null>(null);
  let abort: AbortController | undefined;

  async function save(format: ExportFormat, filters: Record<string, string | undefined>) {
    const fileName = `audit.${format}`;
    // The browser asks for the place first, while it still knows that someone pressed a button.
    const file = await (window as Saving).showSaveFilePicker?.({ suggestedName: fileName }).catch(() => null);
    if (file === null) return;
    abort = new AbortController();
    bytes.value = 0;
    try {
      const body = await ask(format, filters, abort.signal);
      const counted = body.pipeThrough(new TransformStream<Uint8Array, Uint8Array>({
        transform(piece, controller) {
          bytes.value! += piece.length;
          controller.enqueue(piece);
        },
      }));
      if (file) await counted.pipeTo(await file.createWritable());
      else handOver(await new Response(counted).blob(), fileName);
      tell(t.audit.exported(fileName));
    } catch {
      if (!abort.signal.aborted) tellProblem(t.audit.exportFailed);
    } finally {
      bytes.value = null;
    }
  }

  return { bytes, save, cancel: () => abort?.abort() };
}

async function ask(format: ExportFormat, filters: Record<string, string | undefined>, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const query = new URLSearchParams({ format, ...filters });
  const answer = await fetch(`/api/audit/export?${query}`, { signal, headers: { authorization: `Bearer ${await freshToken()}` } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.body!;
}

function handOver(blob: Blob, fileName: string): void {
  const address = URL.createObjectURL(blob);
  Object.assign(document.createElement('a'), { href: address, download: fileName }).click();
  // The browser has taken the bytes by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
