import { checkPolicyText, readPublishedText } from '#libs/engine/policy';

// A thread of the validation pool starts in a third of a second, and on a machine that runs all tests at once in
// many: before any command that waits for one inside its transaction.
const text = 'rules: []';
const catalog = { tools: [], agents: [], teams: [], groups: [] };
await Promise.all([
  checkPolicyText({ text, catalog, context: { now: new Date() }, holdAvailable: false }),
  readPublishedText({ text, bindings: [], holdAvailable: false }),
]);
