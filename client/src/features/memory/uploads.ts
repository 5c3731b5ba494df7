import { computed, reactive, ref, shallowReactive, watch } from 'vue';
import { faultText } from '../../texts/faultText';
import { freshToken, renewSession } from '../auth/session';
import type { UploadRulesData } from './memory.operations';
import { faultOfAnswer, sendFile, type SendAnswer } from './sendFile';
import { refusalOf } from './uploadCheck';

/**
 * `refused` was never sent, `failed` was not taken, `known` is in memory already. What is taken leaves the list: from then on
 * it is a document.
 */
export type UploadState = 'waiting' | 'sending' | 'checking' | 'refused' | 'failed' | 'known';

export interface FileUpload {
  id: number;
  name: string;
  size: number;
  state: UploadState;
  /** Bytes that are on their way. */
  sent: number;
  /** Why it was not taken. */
  problem: string;
  /** The document that has the same bytes. */
  documentId?: string;
}

/** More at once would only make each slower. */
const mostAtOnce = 2;
const underWay: readonly UploadState[] = ['waiting', 'sending', 'checking'];
export const isUnderWay = ({ state }: FileUpload) => underWay.includes(state);

let lastId = 0;

/** Files on their way into the memory of one persona. It lives as long as the page, whatever is looked at meanwhile. */
class UploadQueue {
  readonly uploads = reactive<FileUpload[]>([]);
  /** How many were taken since there was nothing to send. */
  readonly taken = ref(0);
  /** Until when the server wants no more, in milliseconds; 0 when it does. */
  readonly pausedUntil = ref(0);
  readonly isBusy = computed(() => this.uploads.some(isUnderWay));
  private readonly files = new Map<number, { file: File; stop: AbortController }>();
  private sending = 0;

  constructor(private readonly personaId: string) {}

  /** Takes files in, except those that the server would refuse. */
  async add(files: readonly File[], rules: UploadRulesData['uploadRules']): Promise<void> {
    if (!this.isBusy.value) this.taken.value = 0;
    for (const file of files) {
      const problem = await refusalOf(file, rules);
      const id = ++lastId;
      if (!problem) this.files.set(id, { file, stop: new AbortController() });
      this.uploads.push({ id, name: file.name, size: file.size, state: problem ? 'refused' : 'waiting', sent: 0, problem: problem ?? '' });
    }
    this.sendNext();
  }

  /** Takes a file from the list, and stops it when it is on its way. */
  remove({ id }: FileUpload): void {
    this.files.get(id)?.stop.abort();
    this.files.delete(id);
    const place = this.uploads.findIndex((upload) => upload.id === id);
    if (place >= 0) this.uploads.splice(place, 1);
  }

  retry(upload: FileUpload): void {
    Object.assign(upload, { state: 'waiting', sent: 0, problem: '' });
    this.sendNext();
  }

  /** Forgets those that ended without being taken. */
  clear(): void {
    for (const upload of this.uploads.filter((one) => !isUnderWay(one))) this.remove(upload);
  }

  private sendNext(): void {
    if (this.pausedUntil.value > 0) return;
    while (this.sending < mostAtOnce) {
      const upload = this.uploads.find(({ state }) => state === 'waiting');
      if (!upload) return;
      upload.state = 'sending';
      this.sending += 1;
      void this.send(upload).finally(() => {
        this.sending -= 1;
        this.sendNext();
      });
    }
  }

  private async send(upload: FileUpload): Promise<void> {
    let answer = await this.ask(upload);
    if (answer?.status === 401 && (await renewSession().catch(() => false)) && this.files.has(upload.id)) answer = await this.ask(upload);
    if (!this.files.has(upload.id)) return;
    if (answer?.status === 201) {
      this.taken.value += 1;
      this.remove(upload);
    } else if (answer?.status === 429) {
      Object.assign(upload, { state: 'waiting', sent: 0 });
      this.pause(answer.retryAfter ?? 60);
    } else {
      const { documentId } = answer?.body.details ?? {};
      const known = answer?.status === 409 && typeof documentId === 'string' ? { state: 'known', documentId } : { state: 'failed' };
      Object.assign(upload, known, { problem: faultText(faultOfAnswer(answer)) });
    }
  }

  private async ask(upload: FileUpload): Promise<SendAnswer | null> {
    const { file, stop } = this.files.get(upload.id)!;
    const onSent = (bytes: number) => Object.assign(upload, { sent: bytes, state: bytes < file.size ? 'sending' : 'checking' });
    return sendFile(this.personaId, file, { token: await freshToken().catch(() => null), onSent, signal: stop.signal });
  }

  private pause(seconds: number): void {
    if (this.pausedUntil.value > 0) return;
    this.pausedUntil.value = Date.now() + seconds * 1000;
    setTimeout(() => {
      this.pausedUntil.value = 0;
      this.sendNext();
    }, seconds * 1000);
  }
}

const queues = shallowReactive(new Map<string, UploadQueue>());

/** What is on its way into the memory of a persona. */
export function uploadsOf(personaId: string): UploadQueue {
  let queue = queues.get(personaId);
  if (!queue) queues.set(personaId, (queue = new UploadQueue(personaId)));
  return queue;
}

const warn = (event: Event) => event.preventDefault();

// Whoever closes the window would lose what is on its way.
watch(() => [...queues.values()].some(({ isBusy }) => isBusy.value), (isBusy) => (isBusy ? addEventListener : removeEventListener)('beforeunload', warn));
