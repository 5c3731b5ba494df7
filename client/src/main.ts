import '@fontsource-variable/inter/index.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './theme';
import { DefaultApolloClient } from '@vue/apollo-composable';
import { createApp } from 'vue';
import App from './App.vue';
import { apollo } from './graphql/apollo';
import { router } from './router';

const app = createApp(App).provide(DefaultApolloClient, apollo).use(router);
// In the place of the splash when there is a page to show; a fault of the first navigation is told there, too.
void router.isReady().catch(() => undefined).then(() => app.mount('#app'));
