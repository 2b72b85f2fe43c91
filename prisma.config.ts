// Prisma's CLI wants a native schema engine, which nothing here uses: generating the client is pure
// WebAssembly and migrations run the same engine as WebAssembly (libs/platform/db/migrate.ts). Naming any
// existing file keeps it from trying to download one.
process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= process.execPath;

export default { schema: 'prisma/schema.prisma' };
