import { watchEffect } from 'vue';
import { createRouter, createWebHistory } from 'vue-router';
import { tellProblem } from './components/toasts';
import { user } from './features/auth/session';
import { t } from './texts';
import { textsLoaded } from './texts/language';

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
    { path: '/register', name: 'register', component: () => import('./features/auth/RegisterPage.vue'), meta: { isOpen: true, title: () => t.register.title } },
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
    { path: '/usage', name: 'usage', component: () => import('./features/usage/UsagePage.vue'), meta: { title: () => t.usage.title } },
    { path: '/audit', name: 'audit', component: () => import('./features/audit/AuditPage.vue'), meta: { title: () => t.audit.title } },
    { path: '/admin/users', name: 'adminUsers', component: () => import('./features/admin/UsersPage.vue'), meta: { title: () => t.admin.title } },
    { path: '/account', name: 'account', component: () => import('./features/users/AccountPage.vue'), meta: { title: () => t.profile.title } },
    { path: '/developers', name: 'developers', component: () => import('./features/api/ApiPage.vue'), meta: { title: () => t.api.title } },
    { path: '/:path(.*)*', name: 'notFound', component: () => import('./components/NotFoundPage.vue'), meta: { title: () => t.notFound.title } },
  ],
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path || to.matched[0] === from.matched[0] ? false : { top: 0 }),
});

router.beforeEach((to) => {
  if (!user.value && !to.meta.isOpen) return { name: 'signIn', query: to.fullPath === '/' ? {} : { next: to.fullPath } };
  if (user.value && to.meta.isOpen) return { name: 'home' };
  return true;
});

router.beforeResolve(() => textsLoaded);

watchEffect(() => {
  const { title } = router.currentRoute.value.meta;
  if (title) setTitle(title());
});

// A page is a file of its own. Without it the server is away, or has been given a newer client since this one was loaded.
router.onError(async (_error, to, from) => {
  const answers = await fetch('/healthz').then(({ ok }) => ok, () => false);
  if (answers && from.matched.length > 0) location.assign(to.fullPath);
  else tellProblem(t.fault.offline);
});

/** Names the page in the browser's title. */
export const setTitle = (title: string) => (document.title = `${title} · ${t.app.name}`);
