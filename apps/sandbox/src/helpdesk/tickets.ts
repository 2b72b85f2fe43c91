/** A reply on a ticket. */
export interface Reply {
  author: string;
  message: string;
}

/** A refund that was paid out. */
export interface Refund {
  amount: number;
  currency: string;
}

/** One customer's request. */
export interface Ticket {
  id: string;
  customer: string;
  subject: string;
  body: string;
  status: 'open' | 'waiting' | 'closed';
  replies: Reply[];
  refunds: Refund[];
}

const CUSTOMERS = ['ada', 'ben', 'chloe', 'deniz', 'elif', 'femi', 'gustav', 'hana', 'ivo', 'jun'];

const CASES: readonly (readonly [subject: string, body: string])[] = [
  ['Charged twice in March', 'My card shows two charges of 49 EUR for the same month.'],
  ['Cannot reset my password', 'The reset link says that it has expired as soon as I open it.'],
  ['Invoice lacks our VAT number', 'Our accountant needs the VAT number on invoice 2026-118.'],
  ['Export stops at 10,000 rows', 'The CSV export ends without an error at exactly 10,000 rows.'],
  ['Wrong delivery address', 'The parcel went to our old office although we changed the address.'],
  ['Refund for a cancelled seat', 'We cancelled a seat on the 3rd, and it was still billed.'],
  [
    'Two-factor codes are rejected',
    'Codes from my new phone are rejected, the old one still works.',
  ],
  ['Slow dashboard on Mondays', 'Every Monday morning the dashboard takes a minute to load.'],
  ['Please close our account', 'We move to another tool at the end of the quarter.'],
  ['Webhook signature mismatch', 'Since Tuesday our endpoint rejects your signature header.'],
  ['Damaged on arrival', 'The box was open and the charger is missing.'],
  ['Discount was not applied', 'The code SPRING20 was accepted but the price did not change.'],
];

const STATUSES = ['open', 'waiting', 'closed'] as const;

/** Three dozen believable tickets, the same at every start. */
export function seedTickets(): Map<string, Ticket> {
  const tickets = new Map<string, Ticket>();
  for (let index = 0; index < CASES.length * 3; index += 1) {
    const [subject, body] = CASES[index % CASES.length] as (typeof CASES)[number];
    const id = `T-${1001 + index}`;
    const customer = `${CUSTOMERS[(index * 7) % CUSTOMERS.length]}@customer.test`;
    const status = STATUSES[(index * 5) % STATUSES.length] as Ticket['status'];
    tickets.set(id, { id, customer, subject, body, status, replies: [], refunds: [] });
  }
  return tickets;
}
