#!/usr/bin/env node
// Counts what a use case costs besides its work: in each file with a command, the lines of imports, of what the
// command declares (all but `run` and `rejection`), of input schemas made only for it, and of constructors; then
// the lines of controllers. --each lists the files, the longest declarations first.
import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { inRoot } from './lib/paths.mjs';

const WORK = new Set(['run', 'rejection']);
const MAKERS = /^(command|changeOf\w*)$/;

const read = (path) => readFileSync(inRoot(path), 'utf8');
const parse = (path) => ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true);

/** The lines that a node covers, without the comments before it. */
function linesOf(source, node) {
  const line = (at) => source.getLineAndCharacterOfPosition(at).line;
  return line(node.end) - line(node.getStart(source)) + 1;
}

function isDeclaration(node) {
  if (!ts.isCallExpression(node) || !ts.isObjectLiteralExpression(node.arguments[0] ?? node))
    return false;
  const maker = ts.isCallExpression(node.expression) ? node.expression.expression : node.expression;
  return ts.isIdentifier(maker) && MAKERS.test(maker.text) && nameOf(node) !== undefined;
}

function nameOf(call) {
  return call.arguments[0].properties.find(
    (one) => one.name?.getText() === 'name' && !ts.isSpreadAssignment(one),
  );
}

function declarationsIn(node) {
  const found = isDeclaration(node) ? [node] : [];
  ts.forEachChild(node, (child) => void found.push(...declarationsIn(child)));
  return found;
}

function ceremonyOf(path) {
  const source = parse(path);
  const declarations = declarationsIn(source);
  if (declarations.length === 0) return undefined;
  const count = (nodes) => nodes.reduce((sum, node) => sum + linesOf(source, node), 0);
  const members = source.statements
    .filter(ts.isClassDeclaration)
    .flatMap((one) => [...one.members]);
  const declared = declarations.flatMap((call) => [...call.arguments[0].properties]);
  const schemas = source.statements.filter((one) => /^const inputSchema\b/.test(one.getText()));
  return {
    path,
    lines: source.getLineStarts().length - 1,
    ceremony:
      count(source.statements.filter(ts.isImportDeclaration)) +
      count(schemas) +
      count(members.filter(ts.isConstructorDeclaration)) +
      count(declared.filter((one) => !WORK.has(one.name?.getText()))),
    commands: source.statements.filter(
      (one) => ts.isClassDeclaration(one) && one.heritageClauses !== undefined,
    ).length,
  };
}

const files = globSync('libs/**/*.ts', { cwd: inRoot('.') })
  .filter((path) => !/\.(spec|fixture)\.ts$|\/generated\/|^libs\/engine\/commands\//.test(path))
  .map(ceremonyOf)
  .filter((one) => one !== undefined)
  .toSorted((left, right) => right.ceremony - left.ceremony);
const controllers = globSync('libs/**/*.controller.ts', { cwd: inRoot('.') });
const sum = (key) => files.reduce((total, file) => total + file[key], 0);
const lines = controllers.reduce((total, path) => total + read(path).split('\n').length - 1, 0);

if (process.argv.includes('--each'))
  for (const { path, ceremony, lines: all } of files) console.log(`${ceremony}\t${all}\t${path}`);
console.log(
  `${sum('commands')} commands: ${sum('ceremony')} of ${sum('lines')} lines are not work`,
);
console.log(`${controllers.length} controllers: ${lines} lines`);
