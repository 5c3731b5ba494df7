import { getDocument, GlobalWorkerOptions, VerbosityLevel, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
// Vite gives the address of the file.
// oxlint-disable-next-line import/default
import workerAddress from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';

export { TextLayer } from 'pdfjs-dist/legacy/build/pdf.mjs';

// A file of this server, as the Content-Security-Policy wants it.
GlobalWorkerOptions.workerSrc = workerAddress;

/** Opens a PDF in a worker. Nothing that is written in it runs, neither its scripts nor functions compiled from it. */
export const openPdf = (data: ArrayBuffer): Promise<PDFDocumentProxy> =>
  getDocument({ data, isEvalSupported: false, enableXfa: false, verbosity: VerbosityLevel.ERRORS }).promise;
