import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { abilityFor, isAllowed, type Permission } from '#libs/platform/access';
import { emergencyWords, type CommandClass } from '#libs/engine/commands';
import { ROLES, SCIM_SCOPES, type Actor, type Role } from '#libs/platform/kernel';
import { conditionInWords } from './rule-words.js';

const ROOT = join(import.meta.dirname, '../..');

type Spec = CommandClass['spec'] & {
  readonly secondPerson?: { readonly when: string; readonly always?: true };
};

type Person = Extract<Actor, { kind: 'person' }>;

/** Who somebody is, and which teams are theirs, in the rules of this page alone. */
const ME = 'themselves';

const holder = (roles: Role[], coolingOffRoles: Role[] = []): Person => ({
  kind: 'person',
  id: ME,
  name: '',
  roles,
  coolingOffRoles,
  teamIds: [ME],
});

/** On which conditions somebody may do it, each in words; an empty text is no condition. */
const conditionsOf = (person: Person, { action, subject }: Permission): string[] =>
  abilityFor(person)
    .rulesFor(action, subject)
    .map(({ conditions }) => conditionInWords((conditions ?? {}) as Record<string, unknown>, ME));

const listed = (conditions: readonly string[]): string =>
  conditions.includes('') ? '' : ` (${[...new Set(conditions)].toSorted().join('; or ')})`;

interface Able {
  who: string;
  conditions: string[];
  settledAlone: boolean;
}

/** Everybody who may, and each role that adds something to that. */
const ableTo = (permission: Permission): Able[] => {
  const everybody = conditionsOf(holder([]), permission);
  const byRole = ROLES.map((role) => {
    const isOther = (condition: string) => !everybody.includes(condition);
    const settled = conditionsOf(holder([role]), permission).filter(isOther);
    const atOnce = conditionsOf(holder([role], [role]), permission).filter(isOther);
    // With a role that is too new some of it is not there yet.
    const settledAlone = settled.length > 0 && atOnce.length < settled.length;
    return { who: role, conditions: settled, settledAlone };
  });
  return [{ who: 'everybody', conditions: everybody, settledAlone: false }, ...byRole].filter(
    ({ conditions }) => conditions.length > 0,
  );
};

const whoMay = ({ actors, permission }: Spec): string => {
  if (actors === 'system') return 'the system alone';
  if (actors === 'scim') {
    const scopes = SCIM_SCOPES.filter((scope) => isAllowed(client([scope]), permission));
    return `SCIM tokens with ${scopes.map((scope) => `\`${scope}\``).join(', ')}`;
  }
  // Roles that may do it alike are told in one line.
  const alike = Map.groupBy(
    ableTo(permission),
    ({ conditions, settledAlone }) => `${settledAlone ? ', settled' : ''}${listed(conditions)}`,
  );
  return [...alike]
    .map(([how, able]) => `${able.map(({ who }) => `**${who}**`).join(', ')}${how}`)
    .join('<br>');
};

// Of those that IT or security may run: an emergency gives no other right.
const inEmergency = ({ actors, permission, emergency }: Spec): string => {
  const roles = new Set(ableTo(permission).map(({ who }) => who));
  const isGiven = actors === 'people' && (roles.has('it') || roles.has('security'));
  return isGiven ? emergencyWords(emergency) : '';
};

/** Whether a second person must confirm it: never, always, or when. */
export const secondPersonOf = ({
  actors,
  secondPerson,
}: Pick<Spec, 'actors' | 'secondPerson'>): string => {
  if (actors !== 'people') return 'never: no person does it';
  if (secondPerson === undefined) return 'never';
  return `**${secondPerson.always === true ? 'always' : 'when'}** ${secondPerson.when}`;
};

const client = (scopes: Extract<Actor, { kind: 'scim' }>['scopes']): Actor => ({
  kind: 'scim',
  id: 'c',
  name: 'c',
  tokenId: 't',
  scopes,
});

/** What each command's class says of itself, by the class's name. */
const readSayings = (): Map<string, string> => {
  const sayings = new Map<string, string>();
  for (const file of globSync('libs/**/*.ts', { cwd: ROOT, exclude: ['libs/platform/**'] })) {
    const text = readFileSync(join(ROOT, file), 'utf8');
    const found = text.matchAll(
      /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(?:@Injectable\(\)\s*)?export class (\w+) extends/g,
    );
    for (const [, comment = '', name = ''] of found) sayings.set(name, firstSentence(comment));
  }
  return sayings;
};

const firstSentence = (comment: string): string => {
  const text = comment
    .replaceAll(/^\s*\* ?/gm, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\{@link (\w+)\}/g, '$1')
    .replaceAll(/ \(invariant \w+\)/g, '')
    .trim();
  return /^.*?\.(?= |$)/.exec(text)?.[0] ?? text;
};

const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(heads), row(heads.map(() => '---')), ...rows.map(row)].join('\n');

/** The page: every command, and what each role can do alone. */
export const commandTable = (commands: readonly CommandClass[]): string => {
  const sayings = readSayings();
  const specs = commands
    .map((command) => ({ spec: command.spec as Spec, says: sayings.get(command.name) }))
    .toSorted((a, b) => (a.spec.name < b.spec.name ? -1 : 1));
  const unsaid = specs.filter(({ says }) => says === undefined).map(({ spec }) => spec.name);
  if (unsaid.length > 0) throw new Error(`no words for ${unsaid.join(', ')}`);
  const rows = specs.map(({ spec, says = '' }) => [
    `\`${spec.name}\``,
    says,
    whoMay(spec),
    secondPersonOf(spec),
    inEmergency(spec),
  ]);
  const heads = [
    'command',
    'what it does',
    'who may',
    'a second person',
    'by emergency access alone',
  ];
  return [
    INTRODUCTION,
    table(heads, rows),
    ALONE,
    ...ROLES.map((role) =>
      alone(
        role,
        specs.map(({ spec }) => spec),
      ),
    ),
  ]
    .join('\n\n')
    .concat('\n');
};

/** What one settled holder of a role does without anybody else. */
const alone = (role: Role, specs: readonly Spec[]): string => {
  const byPeople = specs.filter(({ actors }) => actors === 'people');
  const own = byPeople.filter(({ permission }) =>
    ableTo(permission).some(({ who }) => who === role),
  );
  const names = (of: readonly Spec[]) => of.map(({ name }) => `\`${name}\``).join(', ');
  const line = (words: string, of: readonly Spec[]) =>
    of.length === 0 ? [] : [`${words}: ${names(of)}.`];
  const atOnce = own.filter(({ secondPerson }) => secondPerson === undefined);
  const always = own.filter(({ secondPerson }) => secondPerson?.always === true);
  const inPart = own.filter((spec) => !atOnce.includes(spec) && !always.includes(spec));
  return [
    `### ${role}`,
    ...(atOnce.length === 0 ? ['Alone: nothing.'] : line('Alone', atOnce)),
    ...line('Alone, unless the change needs a second person', inPart),
    ...line('Never alone', always),
  ].join('\n\n');
};

const INTRODUCTION = `<!-- Generated from the commands' declarations by tools/generated.mjs; not for editing. -->

# Commands: who may, and when a second person must confirm

Every change of state is one of these commands. Who may run it is asked of the same rules that are
enforced (\`libs/platform/access/\`); a condition in parentheses is about what is changed. **Settled**
is a role past its cooling-off period; an emergency never is. A second person must confirm it
**always**, **when** the change is of a kind, or never. What somebody does by emergency access alone stays, ends with the emergency
unless two people keep it, or is not possible.`;

const ALONE = `## What one person can do alone

What everybody may do to their own is left out. test/access-matrix.db.spec.ts runs each command, and
pairs of them, with hostile inputs as one holder of each role, and compares what the holder could
reach before and after.`;
