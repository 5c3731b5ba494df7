/**
 * Bytes as text: UTF-8, UTF-16 with its mark, or else Windows-1252, which any bytes are. Null when they are no text at all.
 * @param isCut whether the bytes may end within a character
 */
export function decode(bytes: Uint8Array, isCut = false): string | null {
  const mark = markOf(bytes);
  if (mark) return new TextDecoder(mark).decode(bytes, { stream: isCut });
  if (bytes.includes(0)) return null;
  try {
    return asText(new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut }));
  } catch {
    return asText(new TextDecoder('windows-1252').decode(bytes));
  }
}

function markOf([first, second]: Uint8Array): string | null {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : null;
}

/** Bytes that only look like text are full of control characters. */
function asText(text: string): string | null {
  const strange = text.match(/[\u0001-\u0008\u000e-\u001a\u001c-\u001f\u007f-\u0084\u0086-\u009f]/g)?.length ?? 0;
  return strange > text.length / 200 ? null : text;
}
