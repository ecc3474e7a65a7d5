import { join } from 'node:path';
import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const FOLDER = join(import.meta.dirname, 'consoles');
/** The server that answers everything else while the consoles are worked on. */
const DEV_SERVER = process.env['SLUICE_DEV_SERVER'] ?? 'http://127.0.0.1:8080';
const PAGES = [
  { name: 'admin', path: /^\/admin\/[^/]+\/console(\/|$)(?!whoami)/ },
  { name: 'account', path: /^\/realms\/[^/]+\/account(\/|$)/ },
] as const;

/** The page that the server makes of the build, for files as they are written. */
function devPages(): Plugin {
  return {
    name: 'console-pages',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? '/', 'http://console');
        const page = PAGES.find(({ path }) => path.test(pathname));
        if (!page || !(request.headers.accept ?? '').includes('text/html')) {
          next();
          return;
        }
        const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sluice</title></head>
          <body><div id="root"></div><script type="module" src="/${page.name}/main.tsx"></script></body></html>`;
        server
          .transformIndexHtml(pathname, html)
          .then((done) => response.setHeader('content-type', 'text/html').end(done), next);
      });
    },
  };
}

/** How the consoles are built: two programs that share the kit, all files in one folder and named by their content. */
export default defineConfig({
  root: FOLDER,
  // Files find each other from where they are: the server may live below any path.
  base: './',
  // React Aria brings its words in thirty languages; the consoles speak three.
  plugins: [react(), optimizeLocales.vite({ locales: ['en-US', 'de-DE', 'es-ES'] }), devPages()],
  server: {
    port: 5173,
    strictPort: true,
    proxy: { '^/(realms|resources|admin/(realms|serverinfo|[^/]+/console/whoami))': DEV_SERVER },
  },
  worker: { format: 'es' },
  build: {
    outDir: join(import.meta.dirname, 'dist', 'consoles'),
    emptyOutDir: true,
    assetsDir: '',
    // Nothing is inlined: the policy of the pages allows files of this server only.
    assetsInlineLimit: 0,
    manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_000,
    target: 'es2022',
    rolldownOptions: {
      input: { admin: join(FOLDER, 'admin', 'main.tsx'), account: join(FOLDER, 'account', 'main.tsx') },
    },
  },
});
