// The servers whose tool lists are collected: what each needs to start and to list its tools, no more. The
// credentials are made up; none of them is used to call anything.
const KUBECONFIG = `apiVersion: v1
kind: Config
clusters: [{name: none, cluster: {server: 'https://127.0.0.1:1'}}]
users: [{name: none, user: {token: none}}]
contexts: [{name: none, context: {cluster: none, user: none}}]
current-context: none
`;

const UUID = '00000000-0000-4000-8000-000000000000';

/** By the name of its file: the package, its arguments, its environment, the files in its home directory. */
export const SERVERS = {
  airtable: { package: 'airtable-mcp-server', env: { AIRTABLE_API_KEY: 'pat.none' } },
  brave: { package: '@brave/brave-search-mcp-server', env: { BRAVE_API_KEY: 'none' } },
  'brave-reference': {
    package: '@modelcontextprotocol/server-brave-search',
    env: { BRAVE_API_KEY: 'none' },
  },
  'chrome-devtools': { package: 'chrome-devtools-mcp', args: ['--headless', '--isolated'] },
  cloudinary: { package: '@cloudinary/asset-management-mcp', args: ['start'] },
  circleci: { package: '@circleci/mcp-server-circleci', env: { CIRCLECI_TOKEN: 'none' } },
  context7: { package: '@upstash/context7-mcp' },
  currents: { package: '@currents/mcp', env: { CURRENTS_API_KEY: 'none' } },
  'desktop-commander': { package: '@wonderwhy-er/desktop-commander' },
  digitalocean: { package: '@digitalocean/mcp', env: { DIGITALOCEAN_API_TOKEN: 'none' } },
  everything: { package: '@modelcontextprotocol/server-everything' },
  exa: { package: 'exa-mcp-server', env: { EXA_API_KEY: 'none' } },
  figma: {
    package: 'figma-developer-mcp',
    args: ['--stdio'],
    env: { FIGMA_API_KEY: 'none' },
  },
  filesystem: { package: '@modelcontextprotocol/server-filesystem', args: ['.'] },
  firecrawl: { package: 'firecrawl-mcp', env: { FIRECRAWL_API_KEY: 'none' } },
  github: {
    package: '@modelcontextprotocol/server-github',
    env: { GITHUB_PERSONAL_ACCESS_TOKEN: 'none' },
  },
  gitlab: {
    package: '@zereight/mcp-gitlab',
    env: { GITLAB_PERSONAL_ACCESS_TOKEN: 'none', GITLAB_API_URL: 'https://gitlab.test/api/v4' },
  },
  'gitlab-reference': {
    package: '@modelcontextprotocol/server-gitlab',
    env: { GITLAB_PERSONAL_ACCESS_TOKEN: 'none' },
  },
  hubspot: { package: '@hubspot/mcp-server', env: { PRIVATE_APP_ACCESS_TOKEN: 'none' } },
  k8s: { package: 'mcp-server-kubernetes', files: { '.kube/config': KUBECONFIG } },
  kubernetes: { package: 'kubernetes-mcp-server', files: { '.kube/config': KUBECONFIG } },
  mapbox: { package: '@mapbox/mcp-server', env: { MAPBOX_ACCESS_TOKEN: 'pk.none.none' } },
  memory: { package: '@modelcontextprotocol/server-memory' },
  mongodb: {
    package: 'mongodb-mcp-server',
    env: {
      MDB_MCP_API_CLIENT_ID: 'none',
      MDB_MCP_API_CLIENT_SECRET: 'none',
      MDB_MCP_TELEMETRY: 'disabled',
    },
  },
  netlify: { package: '@netlify/mcp', env: { NETLIFY_PERSONAL_ACCESS_TOKEN: 'none' } },
  notion: { package: '@notionhq/notion-mcp-server', env: { NOTION_TOKEN: 'ntn_none' } },
  pinecone: { package: '@pinecone-database/mcp', env: { PINECONE_API_KEY: `pcsk_${UUID}` } },
  playwright: { package: '@playwright/mcp', args: ['--headless', '--isolated'] },
  puppeteer: { package: '@modelcontextprotocol/server-puppeteer' },
  'sequential-thinking': { package: '@modelcontextprotocol/server-sequential-thinking' },
  shopify: { package: '@shopify/dev-mcp', env: { OPT_OUT_INSTRUMENTATION: 'true' } },
  slack: {
    package: '@modelcontextprotocol/server-slack',
    env: { SLACK_BOT_TOKEN: 'xoxb-none', SLACK_TEAM_ID: 'T00000000' },
  },
  tavily: { package: 'tavily-mcp', env: { TAVILY_API_KEY: 'tvly-none' } },
};
