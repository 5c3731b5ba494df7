/** Why a file cannot be taken in: its format is none of ours, it is too large to be read, or it is damaged or locked. */
export type Fault = 'unsupported' | 'too large' | 'damaged';

/** A file that cannot be read; the message is a sentence for the person who brought it. */
export class UnreadableDocument extends Error {
  constructor(readonly fault: Fault, message: string) {
    super(message);
    this.name = 'UnreadableDocument';
  }
}
