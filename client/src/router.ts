import { createRouter, createWebHistory } from 'vue-router';
import { user } from './features/auth/session';
import { t } from './texts';

declare module 'vue-router' {
  interface RouteMeta {
    /** What the browser shows as the title, where the page does not set its own. */
    title?: () => string;
    /** Also for those who are not signed in. */
    isOpen?: boolean;
  }
}

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/sign-in', name: 'signIn', component: () => import('./features/auth/SignInPage.vue'), meta: { isOpen: true, title: () => t.signIn.title } },
    { path: '/', name: 'home', component: () => import('./features/runs/HomePage.vue'), meta: { title: () => t.app.home } },
    { path: '/runs', name: 'runs', component: () => import('./features/runs/RunsPage.vue'), meta: { title: () => t.runs.title } },
    { path: '/runs/:id', name: 'run', component: () => import('./features/runs/RunPage.vue'), props: true },
    { path: '/personas', name: 'personas', component: () => import('./features/personas/PersonasPage.vue'), meta: { title: () => t.personas.title } },
    { path: '/personas/create', name: 'createPersona', component: () => import('./features/personas/CreatePersonaPage.vue'), meta: { title: () => t.personas.create } },
    {
      path: '/personas/:id',
      component: () => import('./features/personas/PersonaPage.vue'),
      props: true,
      children: [
        { path: '', name: 'persona', component: () => import('./features/agents/AgentsPanel.vue') },
        { path: 'tools', name: 'personaTools', component: () => import('./features/tools/ToolsPanel.vue') },
        { path: 'memory', name: 'personaMemory', component: () => import('./features/memory/MemoryPanel.vue') },
        { path: 'memory/:documentId', name: 'personaDocument', component: () => import('./features/memory/DocumentPanel.vue'), props: true },
        { path: 'connectors', name: 'personaConnectors', component: () => import('./features/connectors/ConnectorsPanel.vue') },
        { path: 'members', name: 'personaMembers', component: () => import('./features/members/MembersPanel.vue') },
        { path: 'activity', name: 'personaActivity', component: () => import('./features/activity/ActivityPanel.vue') },
        { path: 'instructions', name: 'personaInstructions', component: () => import('./features/personas/InstructionsPanel.vue') },
      ],
    },
    { path: '/:path(.*)*', name: 'notFound', component: () => import('./components/NotFoundPage.vue'), meta: { title: () => t.notFound.title } },
  ],
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path || to.matched[0] === from.matched[0] ? false : { top: 0 }),
});

router.beforeEach((to) => {
  if (!user.value && !to.meta.isOpen) return { name: 'signIn', query: to.fullPath === '/' ? {} : { next: to.fullPath } };
  if (user.value && to.name === 'signIn') return { name: 'home' };
  return true;
});

router.afterEach((to) => {
  if (to.meta.title) setTitle(to.meta.title());
});

/** Names the page in the browser's title. */
export const setTitle = (title: string) => (document.title = `${title} · ${t.app.name}`);
