import type { Fault } from '../../graphql/fault';
import { inThisLanguage } from '../../texts/faultText';

/** What the upload door says to a file. */
export interface SendAnswer {
  status: number;
  body: { id?: string; error?: string; code?: string; details?: Record<string, unknown> };
  /** After how many seconds it may be tried again, where the server said so. */
  retryAfter?: number;
}

interface SendOptions {
  token: string | null;
  /** Hears how many bytes are on their way; fetch could not tell. */
  onSent: (bytes: number) => void;
  signal: AbortSignal;
}

/** Sends a file into the memory of a persona. Gives null when no answer came, or when it was cancelled. */
export function sendFile(personaId: string, file: File, { token, onSent, signal }: SendOptions): Promise<SendAnswer | null> {
  const request = new XMLHttpRequest();
  const form = new FormData();
  form.append('file', file);
  return new Promise((resolve) => {
    request.open('POST', `/api/personas/${personaId}/memory/upload`);
    if (token) request.setRequestHeader('authorization', `Bearer ${token}`);
    request.responseType = 'json';
    // The form around the file has some bytes too.
    request.upload.onprogress = ({ loaded, total }) => onSent(Math.round((loaded / total) * file.size));
    request.onloadend = () => resolve(request.status === 0 ? null : answerOf(request));
    signal.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}

const answerOf = (request: XMLHttpRequest): SendAnswer => ({
  status: request.status,
  body: (request.response as SendAnswer['body'] | null) ?? {},
  retryAfter: Number(request.getResponseHeader('retry-after')) || undefined,
});

/** A refusal in the form that pages show. */
export function faultOfAnswer(answer: SendAnswer | null): Fault {
  if (!answer) return { code: 'OFFLINE', message: '', details: {} };
  const { error = '', code = 'INTERNAL_ERROR', details = {} } = answer.body;
  const sentences = Object.entries(details).flatMap(([name, sentence]) => (typeof sentence === 'string' ? [[name, inThisLanguage(sentence)]] : []));
  return { code, message: inThisLanguage(error), details: Object.fromEntries(sentences), retryAfter: answer.retryAfter };
}
