/** What the demo organisation's security decided about one tool. */
export interface SandboxClassification {
  server: string;
  tool: string;
  classification: 'read' | 'write' | 'destructive';
}

type Decided = readonly [tool: string, SandboxClassification['classification']];

const on = (server: string, decided: readonly Decided[]): SandboxClassification[] =>
  decided.map(([tool, classification]) => ({ server, tool, classification }));

/** What is classified; the other tools of the example server are left for people who try the console. */
export const CLASSIFICATIONS: readonly SandboxClassification[] = [
  ...on('helpdesk', [
    ['search_tickets', 'read'],
    ['reply', 'write'],
    ['send_email', 'write'],
    ['refund', 'destructive'],
    ['delete_ticket', 'destructive'],
  ]),
  ...on('everything', [
    ['echo', 'read'],
    ['get-annotated-message', 'read'],
    ['get-env', 'read'],
    ['get-resource-links', 'read'],
    ['get-resource-reference', 'read'],
    ['get-structured-content', 'read'],
    ['get-sum', 'read'],
    ['get-tiny-image', 'read'],
    ['trigger-long-running-operation', 'read'],
  ]),
];
