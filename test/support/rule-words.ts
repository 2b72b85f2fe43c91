// What a rule asks of a field, in words. A test that is not here fails the page that it would be on.
const WORDS: Readonly<Record<string, string>> = {
  'teamId in own': 'an agent of their teams',
  'agentTeamId in own': 'an agent of their teams',
  'id is not own': 'somebody else',
  'personId is own': 'their own',
  'personId is not own': 'of somebody else',
  'requestedById is own': 'that they asked for',
  'requestedById is not own': 'that they did not ask for',
  'proposedById is own': 'that they proposed',
  'proposedById is not own': 'that they did not propose',
  'toolOwnerId is own': 'about a tool server of theirs',
  'createdById is own': 'that they made',
  'confirmerIds in own': 'that names them',
  'stoppedBySecurity is true': 'that security stopped',
  'stoppedBySecurity is false': 'that security did not stop',
  'canOwnerDraft is false': 'whose owner cannot',
  'hasHolder is false': 'a role that nobody holds',
  'hasTwoHolders is false': 'a role that fewer than two hold',
  'role is not "owner"': 'not the role owner',
  'role is "owner"': 'the role owner',
  'kind is "policy"': 'a policy',
  'kind is "access_grant"': 'an access grant',
};

/** A rule's conditions in words, for somebody who is called `me` in them; an empty text is no condition. */
export const conditionInWords = (conditions: Record<string, unknown>, me: string): string =>
  Object.entries(conditions)
    .map(([field, test]) => fieldInWords(field, test, me))
    .filter((words) => words !== '')
    .join(', ');

const fieldInWords = (field: string, test: unknown, me: string): string => {
  const asked = testInWords(test, me);
  const key = `${field} ${asked}`;
  const known = WORDS[key];
  if (known !== undefined) return known;
  if (field === 'state')
    return asked
      .replace(/^is |^in /, '')
      .replaceAll(/["[\]]/g, '')
      .replaceAll(',', ' or ')
      .replaceAll('_', ' ');
  if (field === 'role' && asked.startsWith('in ')) return 'a role that they hold';
  if (field === 'confirmerRoles') return 'that their role may confirm';
  throw new Error(`no words for a rule with ${key}`);
};

const testInWords = (test: unknown, me: string): string => {
  if (test === me) return 'is own';
  if (typeof test !== 'object' || test === null) return `is ${JSON.stringify(test)}`;
  const [[operator, value] = []] = Object.entries(test);
  if (operator === '$ne') return value === me ? 'is not own' : `is not ${JSON.stringify(value)}`;
  if (operator === '$in' && Array.isArray(value))
    return value.length === 1 && value[0] === me ? 'in own' : `in ${JSON.stringify(value)}`;
  throw new Error(`no words for ${JSON.stringify(test)}`);
};
