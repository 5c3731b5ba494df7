import type { PersonaDetails } from './personas.operations';

/** What can be changed of a persona, as it stands in the form. */
export interface PersonaFields {
  name: string;
  description: string;
  systemPrompt: string;
  defaultProvider: string;
  fallbackProviders: string[];
  isActive: boolean;
}

export type PersonaField = keyof PersonaFields;

export const fieldsOf = ({ name, description, systemPrompt, defaultProvider, fallbackProviders, isActive }: PersonaDetails): PersonaFields => ({
  name, description: description ?? '', systemPrompt, defaultProvider, fallbackProviders: [...fallbackProviders], isActive,
});

/** Two people have changed one persona, and began with the same. */
export interface EditConflict {
  theirs: PersonaDetails;
  /** Who was quicker, where that is known. */
  who?: string;
  /** What both have changed, each in another way. */
  both: { field: PersonaField; mine: string; theirs: string }[];
  /** What only the other one has changed. */
  onlyTheirs: PersonaField[];
}

export const names: readonly PersonaField[] = ['name', 'description', 'systemPrompt', 'defaultProvider', 'fallbackProviders', 'isActive'];
const textOf = (value: PersonaFields[PersonaField]) => (Array.isArray(value) ? value.join(', ') : String(value)).trim();

/** Compares two versions with the one that both began with. */
export function conflictBetween(base: PersonaDetails, theirs: PersonaDetails, mine: PersonaFields, who?: string): EditConflict {
  const before = fieldsOf(base);
  const after = fieldsOf(theirs);
  const differs = (a: PersonaFields, b: PersonaFields, name: PersonaField) => textOf(a[name]) !== textOf(b[name]);
  const changed = names.filter((name) => differs(before, after, name) && differs(mine, after, name));
  return {
    theirs, who,
    both: changed.filter((name) => differs(before, mine, name)).map((field) => ({ field, mine: textOf(mine[field]), theirs: textOf(after[field]) })),
    onlyTheirs: changed.filter((name) => !differs(before, mine, name)),
  };
}
