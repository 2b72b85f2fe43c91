import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { PrismaPg } from '@prisma/adapter-pg';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';

// Prisma's CLI would download a native schema engine; the same engine is published as WebAssembly.
// ADR 0002 says why this is worth its thirty lines.
interface EngineModule {
  SchemaEngine: typeof SchemaEngine;
  __wbg_set_wasm(exports: Record<string, unknown>): void;
}

// TypeScript declares WebAssembly with the browser's types only, which a server should not see.
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, object>,
  ): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

const NO_FILTERS = { externalTables: [], externalEnums: [] };

const loadEngineModule = async (): Promise<EngineModule> => {
  const require = createRequire(import.meta.url);
  const entry = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const imports = (await import(pathToFileURL(entry).href)) as EngineModule;
  const bytes = readFileSync(join(dirname(entry), 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': imports });
  imports.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
  return imports;
};

// The adapter cuts a script at every semicolon, in a function's body too. Whole, PostgreSQL also runs it
// in one transaction: a migration is applied as a whole or not at all.
class WholeScripts extends PrismaPg {
  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      await adapter.underlyingDriver().query(script);
    };
    return adapter;
  }
}

// Its bindings keep one instance in a global, so a second one in the same process would break the first.
let loaded: Promise<EngineModule> | undefined;

const openEngine = async (url: string, schemaPath: string): Promise<SchemaEngine> => {
  loaded ??= loadEngineModule();
  const { SchemaEngine } = await loaded;
  const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScripts({ connectionString: url }));
  const schema = readFileSync(schemaPath, 'utf8');
  return SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => undefined, adapter);
};

const readMigrations = (baseDir: string) => ({
  baseDir,
  lockfile: {
    path: 'migration_lock.toml',
    content: readFileSync(join(baseDir, 'migration_lock.toml'), 'utf8'),
  },
  shadowDbInitScript: '',
  migrationDirectories: readdirSync(baseDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted()
    .map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok' as const,
          value: readFileSync(join(baseDir, name, 'migration.sql'), 'utf8'),
        },
      },
    })),
});

/** Applies the migrations in `prismaDir/migrations` that are missing; answers their names. */
export const applyMigrations = async (url: string, prismaDir: string): Promise<string[]> => {
  const engine = await openEngine(url, join(prismaDir, 'schema.prisma'));
  try {
    const result = await engine.applyMigrations({
      migrationsList: readMigrations(join(prismaDir, 'migrations')),
      filters: NO_FILTERS,
    });
    return result.appliedMigrationNames;
  } finally {
    engine.free();
  }
};

/** The SQL that would make an empty database what `schema.prisma` says; `url` is only connected to. */
export const schemaScript = async (url: string, prismaDir: string): Promise<string> => {
  const schemaPath = join(prismaDir, 'schema.prisma');
  const engine = await openEngine(url, schemaPath);
  try {
    const files = [{ path: 'schema.prisma', content: readFileSync(schemaPath, 'utf8') }];
    const diff = await engine.diff({
      from: { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: NO_FILTERS,
    });
    return diff.stdout ?? '';
  } finally {
    engine.free();
  }
};
