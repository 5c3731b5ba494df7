import { PlatformError } from '../errors.js';
import { logger } from '../logger.js';
import { Document } from './document.model.js';
import { deleteUnfinished } from './documentFiles.js';
import { claimDocument, leaseSeconds, postpone, releaseLease, renewLease } from './documentLease.js';
import { DocumentLost, failDocument, processDocument } from './processDocument.js';
import { onDocumentAdded } from './waking.js';

/** How often to look for documents of other processes and of such as died, in milliseconds. */
const lookEvery = 2000;
const cleanEvery = 3_600_000;

/** After this many attempts that ended in something unforeseen, a document has failed. */
const mostAttempts = 3;
/** Seconds until the next of them. */
const pause = 10;

/** Processes documents that wait, one at a time. */
export class DocumentProcessor {
  private readonly shutdown = new AbortController();
  private readonly timers: NodeJS.Timeout[];
  private readonly stopListening: () => void;
  private working: Promise<void> | undefined;
  private isWoken = false;

  constructor() {
    this.stopListening = onDocumentAdded(this.look);
    this.timers = [setInterval(this.look, lookEvery), setInterval(clean, cleanEvery)];
    for (const timer of this.timers) timer.unref();
    clean();
    this.look();
  }

  /** Takes nothing more, and resolves when what is under way has been handed back. */
  async stop(): Promise<void> {
    this.stopListening();
    this.timers.forEach(clearInterval);
    this.shutdown.abort();
    await this.working;
  }

  private readonly look = (): void => {
    this.isWoken = true;
    this.working ??= this.workThrough().finally(() => {
      this.working = undefined;
      // A wake-up may have come after the last look and before this.
      if (this.isWoken && !this.shutdown.signal.aborted) this.look();
    });
  };

  private async workThrough(): Promise<void> {
    try {
      while (!this.shutdown.signal.aborted) {
        this.isWoken = false;
        const document = await claimDocument();
        if (!document) return;
        await this.work(document).catch(unlessLost);
      }
    } catch (error) {
      logger.error({ err: error }, 'Documents could not be processed');
    }
  }

  private async work(document: Document): Promise<void> {
    if (document.attemptCount > mostAttempts) {
      return failDocument(document, 'It could not be processed: each attempt ended with the program.');
    }
    const lost = new AbortController();
    const renewal = setInterval(() => {
      void renewLease(document).then((held) => held || lost.abort(new DocumentLost()), () => {});
    }, (leaseSeconds * 1000) / 3);
    try {
      await processDocument(document, AbortSignal.any([this.shutdown.signal, lost.signal]));
    } catch (error) {
      if (error instanceof DocumentLost) throw error;
      if (this.shutdown.signal.aborted) return await releaseLease(document);
      logger.error({ err: error, documentId: document.id }, 'A document could not be processed');
      if (document.attemptCount < mostAttempts) await postpone(document, pause);
      else await failDocument(document, error instanceof PlatformError ? error.message : 'It could not be processed; the log says why.');
    } finally {
      clearInterval(renewal);
    }
  }
}

function unlessLost(error: unknown): void {
  if (!(error instanceof DocumentLost)) throw error;
}

function clean(): void {
  deleteUnfinished().catch((error: unknown) => logger.error({ err: error }, 'Unfinished uploads could not be deleted'));
}
