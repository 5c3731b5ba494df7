import { ref } from 'vue';
import { tellProblem } from '../components/toasts';
import type { Texts } from './en';
import { t } from './index';
import { locale } from './locale';

/** What each language calls itself. */
export const languages = { en: 'English', de: 'Deutsch' };
export type Language = keyof typeof languages;

/** Each is a file of its own that is loaded when it is needed. */
const files: Record<Language, () => Promise<Texts>> = {
  en: () => import('./en').then(({ en }) => en),
  de: () => import('./de').then(({ de }) => de),
};

const storageKey = 'persona-platform.language';

/** The language in use. */
export const language = ref<Language>('en');

const languageOf = (tag: string | null): Language | undefined => (Object.keys(languages) as Language[]).find((known) => tag?.split('-')[0] === known);

/** The one that was chosen in this browser, else the first of the reader's that there is. */
const preferred = () => languageOf(localStorage.getItem(storageKey)) ?? navigator.languages.map(languageOf).find(Boolean) ?? 'en';

/** Resolves when there are words to show. */
export const textsLoaded = show(preferred());

/** Changes the language of all that is on the screen, and keeps the choice. */
export async function chooseLanguage(code: Language): Promise<void> {
  try {
    await show(code);
    localStorage.setItem(storageKey, code);
  } catch {
    tellProblem(t.fault.offline);
  }
}

async function show(code: Language): Promise<void> {
  const texts = await files[code]();
  language.value = code;
  document.documentElement.lang = code;
  // Whoever reads English may write dates in the British way.
  locale.value = navigator.languages.find((tag) => languageOf(tag) === code) ?? code;
  Object.assign(t, texts);
}
