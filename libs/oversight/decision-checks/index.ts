export { decisionCheckCommands, DecisionChecksModule } from './decision-checks.module.js';
export { DecisionChecks } from './decision-checks.js';
export type { RoundBudget } from './decision-checks.sql.js';
