// Lets a thread that a test's code starts load our TypeScript: in the build each such file is JavaScript. Node
// strips the types by itself (so no parameter properties in what such a thread loads), but looks for ".js".
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { isMainThread } from 'node:worker_threads';

if (!isMainThread) {
  registerHooks({
    resolve(specifier, context, next) {
      const isRelative = specifier.startsWith('.') || specifier.startsWith('file:');
      if (isRelative && specifier.endsWith('.js')) {
        const url = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
        if (existsSync(url)) return next(url.href, context);
      }
      return next(specifier, context);
    },
  });
}
