import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  // tools/lib/build-console.mjs puts a plain path in front of a clone whose own holds a # or a ?.
  resolve: { preserveSymlinks: true },
  // The API replaces the placeholder with a fresh nonce on each answer of index.html.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: 'dist',
    assetsDir: 'assets',
    // The policy allows no data: URLs for scripts, styles and fonts, so nothing is inlined.
    assetsInlineLimit: 0,
    sourcemap: false,
    chunkSizeWarningLimit: 900,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:4000' } },
});
