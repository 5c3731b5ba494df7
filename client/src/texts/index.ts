import { shallowReactive } from 'vue';
import type { Texts } from './en';

/** All words of the client, in the language in use; empty until `language.ts` has loaded one. */
export const t = shallowReactive({}) as Texts;
