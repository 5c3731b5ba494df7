import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import { drain } from '../schema/drain.js';
import { Upload } from '../schema/memory/upload.scalar.js';
import { PlatformError, validationError } from '../src/errors.js';
import type { FormFields } from './route.js';

/** Parts of a form beside the file; its size is limited by whoever keeps it. */
const limits = { parts: 20, fields: 20, fieldNameSize: 100, fieldSize: 10_000, headerPairs: 20, headerSize: 8192 };

type Keep = Parameters<Upload['receive']>[0];
type Received = Awaited<ReturnType<Upload['receive']>> & { sha256?: string };

/**
 * The file that a request brings as a form. Nothing of the body is read before it is asked for.
 * @param onReceived hears what has come, the bytes by their checksum, before anything is made of it
 */
export const incomingForm = (req: IncomingMessage, wanted: FormFields, onReceived: (form: Received) => Promise<void>): Upload =>
  new Upload(async (keep) => {
    const form = await receive(req, wanted, keep);
    await onReceived(form);
    return form;
  });

async function receive(req: IncomingMessage, wanted: FormFields, keep: Keep): Promise<Received> {
  if (!/^multipart\/form-data\s*(;|$)/i.test(req.headers['content-type'] ?? '')) {
    throw new PlatformError('UNSUPPORTED_MEDIA_TYPE', 'The body must have the content type multipart/form-data');
  }
  const parser = parserOf(req);
  const form = new Form(wanted, keep);
  try {
    await new Promise<void>((resolve, reject) => {
      parser.on('file', (name, stream, fileName) => form.addFile(name, stream, fileName, reject));
      parser.on('field', (name, value, _cutName, isCut) => form.addField(name, value, isCut, reject));
      parser.on('partsLimit', () => reject(broken('has too many parts')));
      parser.on('fieldsLimit', () => reject(broken('has too many fields')));
      parser.on('error', () => reject(broken('is not a whole form')));
      parser.on('finish', resolve);
      req.once('close', () => req.complete || reject(broken('is not a whole form')));
      req.pipe(parser);
    });
    return await form.end();
  } catch (error) {
    drain(req);
    await form.cut();
    throw error;
  }
}

function parserOf(req: IncomingMessage) {
  try {
    return new Busboy({ headers: req.headers as BusboyHeaders, preservePath: true, limits });
  } catch {
    throw broken('must have a boundary');
  }
}

const broken = (fault: string) => new PlatformError('VALIDATION_ERROR', `The body ${fault}`, { body: `Body ${fault}` });

/** What has come of a form. */
class Form {
  private readonly fields: Record<string, string> = {};
  private file?: { stream: Readable; fileName: string; kept: ReturnType<Keep> };

  constructor(private readonly wanted: FormFields, private readonly keep: Keep) {}

  addFile(name: string | undefined, stream: Readable, fileName: string, fail: (error: unknown) => void): void {
    // An error of the stream reaches its reader; without one it would end the process.
    stream.on('error', () => {});
    if (name !== this.wanted.file) stream.resume();
    else if (this.file) {
      stream.resume();
      fail(validationError({ [name]: 'File must be sent once' }));
    } else {
      const kept = this.keep(stream);
      kept.catch(fail);
      this.file = { stream, fileName: fileName ?? '', kept };
    }
  }

  addField(name: string | undefined, value: string, isCut: boolean, fail: (error: unknown) => void): void {
    if (name === undefined || !this.wanted.fields.includes(name)) return;
    if (isCut) fail(validationError({ [name]: `Body has too long a field ${name}` }));
    this.fields[name] = value;
  }

  async end(): Promise<Received> {
    const kept = await this.file?.kept;
    return { fileName: this.file?.fileName ?? '', fields: this.fields, sha256: kept?.sha256 };
  }

  /** Ends what is being kept, and waits until that is over. */
  async cut(): Promise<void> {
    this.file?.stream.destroy(new Error('The form was cut off'));
    await this.file?.kept.catch(() => {});
  }
}
