// `npm run bench`: what the product's promises cost, as ratios within one run, and docs/performance.md.
// `npm run bench -- scim guard` measures only those sections and prints them.
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { governedGuardSection, governedSection } from './bench/governed.mjs';
import { guardSection } from './bench/guard.mjs';
import { startInstallation } from './bench/installation.mjs';
import { revocationSection } from './bench/revocation.mjs';
import { scimSection } from './bench/scim.mjs';
import { inRoot } from './lib/paths.mjs';

const SECTIONS = {
  governed: governedSection,
  guard: guardSection,
  'governed-guard': governedGuardSection,
  revocation: revocationSection,
  scim: scimSection,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(SECTIONS, name));
if (unknown.length > 0) {
  throw new Error(
    `no section ${unknown.join(', ')}; there are ${Object.keys(SECTIONS).join(', ')}`,
  );
}
const names = asked.length > 0 ? asked : Object.keys(SECTIONS);

const sections = [];
const installation = await startInstallation();
try {
  for (const name of names) {
    // Other load on the machine belongs to the figures.
    const [load] = loadavg();
    const section = await SECTIONS[name](installation);
    sections.push(`${section}\nLoad average as this section began: ${load.toFixed(1)}.\n`);
  }
} finally {
  await installation.close();
}

const text = `# Performance

Written by \`npm run bench\`. Ratios within one run are comparable; absolute figures depend on the machine of the
day (${cpus().length} cores, Node ${process.version}, load generator, upstream, gateway and PostgreSQL all on it).

${sections.join('\n')}`;

if (asked.length > 0) {
  console.log(text);
} else {
  writeFileSync(inRoot('docs/performance.md'), text);
  console.log('wrote docs/performance.md');
}
