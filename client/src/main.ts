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
import { textsLoaded } from './texts/language';

const app = createApp(App).provide(DefaultApolloClient, apollo).use(router);
void textsLoaded.then(() => app.mount('#app'));
