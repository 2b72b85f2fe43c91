#!/usr/bin/env node
// Imports the OpenAPI documents of public services and prints, as the table of docs/openapi-import.md, how many
// operations become tools, and with --left-out every operation that does not, and why. The documents are fetched
// from their publishers; with --from DIR they are read from files named like the services (github.json,
// stripe.yaml). Never part of tests or CI.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

// The importer is TypeScript; Node strips the types, and looks for ".js".
registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith('.') && specifier.endsWith('.js')) {
      const url = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
      if (existsSync(fileURLToPath(url))) return next(url.href, context);
    }
    return next(specifier, context);
  },
});

const { DOCUMENT_TASKS } = await import('../libs/engine/upstream/rest/document-tasks.ts');
const { compileArguments } = await import('../libs/engine/policy/arguments/compile-arguments.ts');

const RAW = 'https://raw.githubusercontent.com';
/** Where each document is, and the address at which the service would be registered. */
const SERVICES = {
  asana: [`${RAW}/Asana/openapi/master/defs/asana_oas.yaml`, 'https://app.asana.com/api/1.0'],
  box: [`${RAW}/box/box-openapi/main/openapi.json`, 'https://api.box.com/2.0'],
  circleci: ['https://circleci.com/api/v2/openapi.json', 'https://circleci.com/api/v2'],
  digitalocean: [
    'https://api-engineering.nyc3.cdn.digitaloceanspaces.com/spec-ci/DigitalOcean-public.v2.yaml',
    'https://api.digitalocean.com',
  ],
  discord: [
    `${RAW}/discord/discord-api-spec/main/specs/openapi.json`,
    'https://discord.com/api/v10',
  ],
  github: [
    `${RAW}/github/rest-api-description/main/descriptions/api.github.com/api.github.com.json`,
    'https://api.github.com',
  ],
  gitlab: [
    'https://gitlab.com/gitlab-org/gitlab/-/raw/master/doc/api/openapi/openapi_v3.yaml',
    'https://gitlab.com',
  ],
  jira: [
    'https://developer.atlassian.com/cloud/jira/platform/swagger-v3.v3.json',
    'https://your-domain.atlassian.net',
  ],
  kubernetes: [
    `${RAW}/kubernetes/kubernetes/master/api/openapi-spec/swagger.json`,
    'https://kubernetes.example',
  ],
  linode: [`${RAW}/linode/linode-api-docs/development/openapi.yaml`, 'https://api.linode.com/v4'],
  netlify: [`${RAW}/netlify/open-api/master/swagger.yml`, 'https://api.netlify.com/api/v1'],
  pagerduty: [
    `${RAW}/PagerDuty/api-schema/main/reference/REST/openapiv3.json`,
    'https://api.pagerduty.com',
  ],
  petstore: [
    `${RAW}/swagger-api/swagger-petstore/master/src/main/resources/openapi.yaml`,
    'https://petstore3.swagger.io/api/v3',
  ],
  slack: [
    `${RAW}/slackapi/slack-api-specs/master/web-api/slack_web_openapi_v2.json`,
    'https://slack.com/api',
  ],
  spotify: [
    `${RAW}/sonallux/spotify-web-api/main/official-spotify-open-api.yml`,
    'https://api.spotify.com/v1',
  ],
  stripe: [`${RAW}/stripe/openapi/master/openapi/spec3.json`, 'https://api.stripe.com'],
  trello: [
    'https://developer.atlassian.com/cloud/trello/swagger.v3.json',
    'https://api.trello.com/1',
  ],
  twilio: [
    `${RAW}/twilio/twilio-oai/main/spec/json/twilio_api_v2010.json`,
    'https://api.twilio.com',
  ],
  vercel: ['https://openapi.vercel.sh', 'https://api.vercel.com'],
  zoom: [`${RAW}/zoom/api/master/openapi.v2.json`, 'https://api.zoom.us/v2'],
};
const MAX_NAME_LENGTH = 50;

const { values: options } = parseArgs({
  options: { from: { type: 'string' }, 'left-out': { type: 'boolean' } },
});

async function bytesOf(name, url) {
  if (options.from === undefined) {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url} answered with HTTP ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  }
  const file = readdirSync(options.from).find((one) => one.replace(/\.[^.]*$/, '') === name);
  return file === undefined ? null : new Uint8Array(readFileSync(join(options.from, file)));
}

/** The tools that would be pinned, and everything that is left out. */
function importAll(bytes, baseUrl) {
  const imported = DOCUMENT_TASKS.importDocument({
    bytes,
    options: { baseUrl, maxNameLength: MAX_NAME_LENGTH },
  });
  if ('unreadable' in imported) throw new Error(imported.unreadable);
  const left = imported.problems.map(({ path, message }) => `${path}: ${message}`);
  const lines = new TextDecoder().decode(imported.tools).split('\n').slice(0, -1);
  const tools = lines
    .map((line) => JSON.parse(line))
    .filter((tool) => {
      const compiled = compileArguments(tool.inputSchema);
      if (!compiled.ok) left.push(`${tool.name}: ${compiled.reasons.join(' ')}`);
      return compiled.ok;
    });
  return { tools, left };
}

console.log('| document | operations | tools | left out |\n| --- | --- | --- | --- |');
const leftOut = [];
let [allTools, all] = [0, 0];
for (const [name, [url, baseUrl]] of Object.entries(SERVICES)) {
  const bytes = await bytesOf(name, url);
  if (bytes === null) continue;
  const { tools, left } = importAll(bytes, baseUrl);
  const count = tools.length + left.length;
  allTools += tools.length;
  all += count;
  leftOut.push(...left.map((one) => `${name} ${one}`));
  console.log(`| ${name} | ${count} | ${tools.length} | ${left.length} |`);
}
console.log(`| together | ${all} | ${allTools} | ${all - allTools} |`);
if (options['left-out']) console.log(`\n${leftOut.join('\n')}`);
