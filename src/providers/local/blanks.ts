/** Blanks: the places in square brackets that a person has to fill, because nobody gave the fact. */

import type { Outline, Section } from './outline.js';

/** The blanks of one text, without their brackets. */
export const blanksOf = (text: string): string[] => [...text.matchAll(/\[([^\]\n]{1,200})\]/g)].map((match) => match[1]);

/** True for a prompt: a text that somebody still has to fill. */
export const isBlank = (text: string): boolean => blanksOf(text).length > 0;

/** A sentence for the speaker notes that lists what a slide still needs; '' when nothing is missing. */
export function blankNotes(section: Section): string {
  const blanks = section.bullets.flatMap(blanksOf);
  return blanks.length ? `Before presenting, fill in: ${blanks.join('; ')}.` : '';
}

/** How many blanks an outline has and the first sections that hold them. */
export function blanksIn(outline: Outline): { count: number; sections: string[] } {
  const holding = outline.sections.filter((section) => section.bullets.some((bullet) => blanksOf(bullet).length));
  return { count: holding.reduce((sum, section) => sum + section.bullets.flatMap(blanksOf).length, 0), sections: holding.map((section) => section.title) };
}
