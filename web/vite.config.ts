// One page for each entry; files below /web/assets/ carry a hash in their names (src/main/web.cpp serves them).
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const server = process.env.BANYAN ?? 'http://127.0.0.1:12345';

export default defineConfig({
  base: '/web/',
  plugins: [vue({ template: { transformAssetUrls: false } })],
  resolve: { alias: { '@': here('src') } },
  build: {
    outDir: here('../build/web/files'),
    emptyOutDir: true,
    target: 'es2020',
    assetsInlineLimit: 0,  // nothing inline: the Content-Security-Policy allows the server's own files only
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { desk: here('desk.html'), me: here('me.html'), sw: here('src/me/sw.ts') },
      // A service worker has one address for ever.
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
  server: { proxy: { '/api': server, '/openapi.json': server } },
});
