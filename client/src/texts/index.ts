import { shallowReactive } from 'vue';
import { en, type Texts } from './en';

/** All words of the client, in the language in use. Another language is another object of the same type. */
export const t: Texts = shallowReactive({ ...en });

/** Changes the language of everything that is on the screen. */
export function useLanguage(code: string, texts: Texts): void {
  document.documentElement.lang = code;
  Object.assign(t, texts);
}
