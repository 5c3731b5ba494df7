import { ChartColumn, CodeXml, History, House, ScrollText, UserRoundCog, UsersRound } from '@lucide/vue';
import type { Component } from 'vue';
import { user } from './features/auth/session';
import { t } from './texts';

/** A page that the frame, the command palette and the shortcuts lead to. */
export interface Place {
  to: string;
  icon: Component;
  text: () => string;
  /** What is done there; groups stand a little apart. */
  group: 'work' | 'insight' | 'platform';
  /** Goes there when it is typed after `g`. */
  key: string;
  /** Who is led there; everyone when absent. */
  isOffered?: () => boolean;
}

const all: Place[] = [
  { to: '/', icon: House, text: () => t.app.home, group: 'work', key: 'h' },
  { to: '/runs', icon: History, text: () => t.app.runs, group: 'work', key: 'r' },
  { to: '/personas', icon: UsersRound, text: () => t.app.personas, group: 'work', key: 'p' },
  { to: '/usage', icon: ChartColumn, text: () => t.usage.title, group: 'insight', key: 'u' },
  { to: '/audit', icon: ScrollText, text: () => t.audit.title, group: 'insight', key: 'a' },
  { to: '/admin/users', icon: UserRoundCog, text: () => t.admin.title, group: 'platform', key: 'm', isOffered: () => user.value?.role === 'admin' },
  { to: '/developers', icon: CodeXml, text: () => t.api.title, group: 'platform', key: 'd' },
];

/** The places that the viewer is led to, in the order in which they are shown. */
export const places = () => all.filter(({ isOffered }) => isOffered?.() ?? true);

/** Whether an address is this place or below it. */
export const isAt = ({ to }: Place, path: string) => (to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`));
