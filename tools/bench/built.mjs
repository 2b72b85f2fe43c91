// What the build made, loaded by path: nothing here is there before `npm run bench` has built it.
import { pathToFileURL } from 'node:url';
import { inRoot } from '../lib/paths.mjs';

/** A built lib's public API. */
export const builtLib = (name) => import(pathToFileURL(inRoot(`dist/libs/${name}/index.js`)).href);
