import { readFileSync } from 'node:fs';
import { DomainError } from '#libs/platform/kernel';
import { parsePolicy } from '#libs/engine/policy';

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new DomainError('not_found', `${file} cannot be read.`, { cause });
  }
};

/** `gatehouse policy lint FILE`: the text alone, without the catalogue of an installation. */
export const lintPolicyFile = (file: string): boolean => {
  const { rules, problems } = parsePolicy(read(file), { holdAvailable: false });
  for (const { line, column, message } of problems)
    console.error(`${file}:${line}:${column}: ${message}`);
  if (rules) console.log(`${file}: ${rules.length} rules, no problem found`);
  return rules !== null;
};
