/** The shape of a structure: which sections a kind of document has, and what belongs into each. */

export interface StructureSection {
  title: string;
  /**
   * What belongs here. Blanks for the reader to fill stand in square brackets; `{subject}`, `{title}`, `{period}` and `{audience}`
   * are replaced. No bullet states a fact: facts come from the request alone.
   */
  bullets: string[];
}

export interface Structure {
  id: string;
  /** What it is for, as a person would ask for it: compared with the request by meaning. */
  about: string;
  /** Words that settle it without comparing. */
  words: RegExp;
  /** In order of weight: when there is room for fewer, those marked `minor` go first. */
  sections: (StructureSection & { minor?: boolean })[];
}
