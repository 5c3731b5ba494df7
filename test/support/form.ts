/** A part of a multipart form, exactly as it is to be sent. */
export interface FormPart {
  name: string;
  /** Given, the part is a file. */
  fileName?: string;
  content: string | Uint8Array;
}

const boundary = 'form-boundary-7f3a';

/** The headers and the body of a multipart form. `isCut` leaves out its end. */
export function formOf(parts: FormPart[], { isCut = false } = {}): { headers: Record<string, string>; body: Buffer } {
  const pieces = parts.flatMap(({ name, fileName, content }) => {
    const file = fileName === undefined ? '' : `; filename="${fileName.replaceAll('"', '%22')}"`;
    const type = fileName === undefined ? '' : 'content-type: application/octet-stream\r\n';
    return [Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"${file}\r\n${type}\r\n`), Buffer.from(content), Buffer.from('\r\n')];
  });
  const end = Buffer.from(isCut ? '' : `--${boundary}--\r\n`);
  const body = Buffer.concat([...(isCut ? pieces.slice(0, -1) : pieces), end]);
  return { headers: { 'content-type': `multipart/form-data; boundary=${boundary}` }, body };
}

/** A form with one file, named as usual. */
export const formWith = (content: string | Uint8Array, fileName = 'notes.txt', name?: string) =>
  formOf([{ name: 'file', fileName, content }, ...(name === undefined ? [] : [{ name: 'name', content: name }])]);
