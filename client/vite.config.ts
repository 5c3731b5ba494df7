import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

/** Where the API is while the client is developed; in use it comes from the same server. */
const api = process.env.API ?? 'http://127.0.0.1:3000';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [vue()],
  build: {
    outDir: process.env.CLIENT_OUT_DIR ?? '../dist/client',
    emptyOutDir: true,
    // Every browser that knows light-dark(), so that the styles stay as they are written.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    // A data: address would need a hole in the Content-Security-Policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Left alone, a page comes in ninety files, most of them one component or one icon: asking for them costs more than what they hold.
          groups: [
            { name: 'first', tags: ['$initial'], priority: 1 },
            { name: 'common', minShareCount: 3, test: /client.src|lucide|reka-ui|floating-ui|vueuse/ },
          ],
        },
      },
    },
  },
  define: {
    // What Apollo Client's checks and Vue's options API would add to the first load.
    'globalThis.__DEV__': 'false',
    __VUE_OPTIONS_API__: 'false',
  },
  server: {
    proxy: { '/api': api, '/graphql': { target: api, ws: true } },
  },
});
