import { openSync } from 'fontkit';
import type { Font } from 'fontkit';
import { ToolError } from '../tool.js';
import { dejavuFile, robotoFile } from './measure.js';

/** Chooses for each character a font that has it: Roboto first, DejaVu for signs and scripts that Roboto lacks. */

export interface FontRun {
  text: string;
  font: 'Roboto' | 'DejaVu';
}

const open = (file: string) => openSync(file) as Font;
let fonts: { roboto: Font; dejavu: Font } | undefined;

/** Decoration that a text can do without. */
const pictograph = /^[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\p{Variation_Selector}\p{Cf}]$/u;
/** Scripts that run from right to left, which the layout cannot set. */
const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

export class FontChooser {
  /** Characters that no font has and that are needed to read the text. */
  private readonly missing = new Set<string>();
  /** Emoji and the like that were left out. */
  readonly omitted = new Set<string>();

  private fontFor(character: string): FontRun['font'] | null {
    fonts ??= { roboto: open(robotoFile('Regular')), dejavu: open(dejavuFile('DejaVuSans')) };
    const point = character.codePointAt(0)!;
    if (fonts.roboto.hasGlyphForCodePoint(point) || character === '\n') return 'Roboto';
    if (!rightToLeft.test(character) && fonts.dejavu.hasGlyphForCodePoint(point)) return 'DejaVu';
    return null;
  }

  /** The text in pieces of one font each. */
  runs(text: string): FontRun[] {
    const runs: FontRun[] = [];
    for (const character of text.normalize('NFC').replaceAll('\t', ' ')) {
      const font = this.fontFor(character);
      if (!font) {
        (pictograph.test(character) ? this.omitted : this.missing).add(character);
      } else if (runs.at(-1)?.font === font) {
        runs.at(-1)!.text += character;
      } else {
        runs.push({ text: character, font });
      }
    }
    return runs;
  }

  /** Throws ToolError when letters would have been lost. */
  check(): void {
    if (this.missing.size === 0) return;
    const some = [...this.missing].slice(0, 12).join(' ');
    throw new ToolError(`The PDF tool has no font for these characters: ${some}. Use generate_document for this language.`);
  }
}
