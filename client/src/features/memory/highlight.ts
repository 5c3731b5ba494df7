/** A piece of a text, and whether a reader looks for it. */
export interface TextPiece {
  text: string;
  isMatch: boolean;
}

/** Words that stand in every text say nothing; the rest of them is shorter than a word that counts. */
const commonWords = new Set(
  ('about also and any are but can could did does for from had has have how into its may not our should than that the their them then there these they this those was '
    + 'were what when where which who whom whose why will with would you your '
    + 'aber als auch auf aus bei das dass dem den der des die ein eine einem einen einer eines für hat ich ihr ist kann mein mit nach nicht oder sein sich sie sind über '
    + 'und uns vom von vor war was welche wenn wer wie wir wird wo zum zur').split(' '),
);
const shortestWord = 3;
const endings = /(?:ings?|ed|ies|es|s|ly|er|en|ern|n|e|y)$/;

/** What is left of a word without its ending, so that "flights" marks "flight": rough, but it only marks. */
function stemOf(word: string): string {
  const plain = word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const stem = plain.replace(endings, '').replace(/e$/, '');
  return stem.length >= shortestWord ? stem : plain;
}

/** Cuts a text into pieces, of which those are matches that are words of the query in any form. */
export function highlight(text: string, query: string): TextPiece[] {
  const words = query.match(/[\p{L}\p{N}]+/gu)?.filter((word) => word.length >= shortestWord && !commonWords.has(word.toLowerCase())) ?? [];
  const stems = new Set(words.map(stemOf));
  const pieces: TextPiece[] = [];
  for (const [piece] of text.matchAll(/[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]+/gu)) {
    const isMatch = stems.has(stemOf(piece));
    const last = pieces.at(-1);
    if (last && last.isMatch === isMatch && !isMatch) last.text += piece;
    else pieces.push({ text: piece, isMatch });
  }
  return pieces;
}
