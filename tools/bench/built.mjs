// What the build made, loaded by path: nothing here is there before `npm run bench` has built it.
import { inRoot } from '../lib/paths.mjs';

/** A built lib's public API. */
export const builtLib = (name) => import(inRoot(`dist/libs/${name}/index.js`));
