/** What an empty policy starts from: one rule of each kind of thought, ready to be changed. */
export const STARTING_TEXT = `# Deny beats hold beats allow; what no rule allows is denied.
rules:
  - name: support-reads-tickets
    effect: allow
    agents:
      names: [support-agent]
    tools:
      servers: [helpdesk]
      classifications: [read]
    when:
      always: true
    reason: Support reads tickets to answer customers.

  - name: no-large-refunds
    effect: deny
    agents:
      all: true
    tools:
      names: [helpdesk/refund]
    when:
      not:
        arguments:
          amount:
            lte: 100
            absent: does not match
    reason: Refunds above 100 are made by people.
    remedy: Ask the support lead to make this refund.
`;
