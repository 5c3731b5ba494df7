import { Bot, History, Keyboard, Languages, LogOut, Monitor, Moon, Plus, SquarePen, Sun, UsersRound } from '@lucide/vue';
import { useQuery } from '@vue/apollo-composable';
import { computed, type Component, type Ref } from 'vue';
import { useRouter } from 'vue-router';
import { places } from '../../places';
import { t } from '../../texts';
import { chooseLanguage, language, languages, type Language } from '../../texts/language';
import { theme, themes } from '../../theme';
import { useAgentChoices } from '../agents/useAgentChoices';
import { useSignOut } from '../auth/useSignIn';
import { FindPersonasDocument, FindRunsDocument } from './commands.operations';
import { opened } from './opened';
import { newRun } from './shortcuts';

/** Something the palette offers. */
export interface Command {
  id: string;
  icon: Component;
  text: string;
  /** What tells it from others of the same name. */
  note?: string;
  act: () => unknown;
}

export interface CommandGroup {
  name: string;
  commands: Command[];
}

/** How many of a kind are listed at most. */
const most = 6;
/** How long typing rests before the server is asked, in milliseconds. */
const rest = 150;

/** Every word that was typed must be in it, in any order. */
const fits = (typed: string) => {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return ({ text, note }: Command) => words.every((word) => `${text} ${note ?? ''}`.toLowerCase().includes(word));
};

/** What can be done here whatever there is: places, and what is done with the client itself. */
function useOwnCommands() {
  const router = useRouter();
  const signOut = useSignOut();
  const themeSigns = { system: Monitor, light: Sun, dark: Moon };

  const toPlaces = computed(() => places().map(({ to, icon, text }): Command => ({ id: to, icon, text: text(), act: () => router.push(to) })));
  const actions = computed((): Command[] => [
    { id: 'newRun', icon: SquarePen, text: t.commands.newRun, act: () => newRun(router) },
    { id: 'newPersona', icon: Plus, text: t.personas.create, act: () => router.push({ name: 'createPersona' }) },
    ...themes.filter((name) => name !== theme.value).map((name): Command => ({ id: name, icon: themeSigns[name], text: t.theme[name], note: t.theme.label, act: () => (theme.value = name) })),
    ...(Object.keys(languages) as Language[]).filter((code) => code !== language.value)
      .map((code): Command => ({ id: code, icon: Languages, text: languages[code], note: t.language, act: () => chooseLanguage(code) })),
    { id: 'shortcuts', icon: Keyboard, text: t.commands.shortcuts, act: () => (opened.value = 'shortcuts') },
    { id: 'signOut', icon: LogOut, text: t.account.signOut, act: signOut },
  ]);
  return { toPlaces, actions };
}

/** Agents, personas and runs that what was typed may mean; personas are searched for by the server. */
function useFoundCommands(typed: Ref<string>) {
  const router = useRouter();
  const { choices } = useAgentChoices();
  const { result: personas } = useQuery(FindPersonasDocument, () => ({ search: typed.value.trim() || null }), { debounce: rest, keepPreviousResult: true });
  const { result: runs } = useQuery(FindRunsDocument, {}, { fetchPolicy: 'cache-and-network' });

  return {
    agents: computed(() => choices.value.map(({ id, name, personaName }): Command =>
      ({ id, icon: Bot, text: name, note: personaName, act: () => router.push({ name: 'home', query: { agent: id } }) }))),
    personas: computed(() => (personas.value?.personas.data ?? []).map(({ id, name, ownerName }): Command =>
      ({ id, icon: UsersRound, text: name, note: ownerName, act: () => router.push({ name: 'persona', params: { id } }) }))),
    runs: computed(() => (runs.value?.runs.data ?? []).map(({ id, input, agentName }): Command =>
      ({ id, icon: History, text: input, note: agentName, act: () => router.push({ name: 'run', params: { id } }) }))),
  };
}

/** What the palette lists for what was typed. */
export function useCommands(typed: Ref<string>) {
  const { toPlaces, actions } = useOwnCommands();
  const found = useFoundCommands(typed);
  return computed((): CommandGroup[] => {
    const isTyped = typed.value.trim() !== '';
    const groups = [
      { name: t.commands.goTo, commands: toPlaces.value },
      { name: t.commands.agents, commands: found.agents.value },
      { name: t.app.personas, commands: isTyped ? found.personas.value : [] },
      { name: t.app.runs, commands: isTyped ? found.runs.value : [] },
      { name: t.commands.actions, commands: actions.value },
    ];
    return groups
      .map(({ name, commands }) => ({ name, commands: commands.filter(fits(typed.value)).slice(0, isTyped ? most : name === t.commands.agents ? 3 : undefined) }))
      .filter(({ commands }) => commands.length > 0);
  });
}
