import { z } from 'zod';
import { seedTickets, type Ticket } from './tickets.js';
import { HelpdeskError } from './errors.js';

/** An answer with a status and a JSON body; undefined means no body. */
export interface Answer {
  status: number;
  body?: object | undefined;
}

const AUTHOR = 'support@example.test';

const searchSchema = z.strictObject({
  query: z.string().max(200).default(''),
  limit: z.coerce.number().int().min(1).max(50).default(10),
});
const replySchema = z.strictObject({ message: z.string().min(1).max(5000) });
const refundSchema = z.strictObject({
  amount: z.number().positive().max(10_000),
  currency: z.enum(['EUR', 'USD', 'GBP']),
});
const emailSchema = z.strictObject({
  to: z.array(z.email().max(254)).min(1).max(20),
  subject: z.string().min(1).max(200),
  body: z.string().min(1).max(20_000),
});

/** What the helpdesk can do, on tickets in memory. */
export class HelpdeskOperations {
  private readonly tickets = seedTickets();
  private emailCount = 0;

  search(parameters: unknown): Answer {
    const { limit, query } = parse(searchSchema, parameters);
    const words = query.toLowerCase().split(/\s+/);
    const found = [...this.tickets.values()].filter((ticket) => {
      const text = searchableText(ticket);
      return words.every((word) => text.includes(word));
    });
    return { status: 200, body: { total: found.length, tickets: found.slice(0, limit) } };
  }

  reply(id: string, input: unknown): Answer {
    const { message } = parse(replySchema, input);
    const ticket = this.ticket(id);
    ticket.replies.push({ author: AUTHOR, message });
    ticket.status = 'waiting';
    return { status: 201, body: ticket };
  }

  refund(id: string, input: unknown): Answer {
    const refund = parse(refundSchema, input);
    const ticket = this.ticket(id);
    ticket.refunds.push(refund);
    return { status: 201, body: ticket };
  }

  sendEmail(input: unknown): Answer {
    const { to } = parse(emailSchema, input);
    this.emailCount += 1;
    return { status: 202, body: { id: `E-${this.emailCount}`, recipients: to.length } };
  }

  delete(id: string): Answer {
    this.tickets.delete(this.ticket(id).id);
    return { status: 204 };
  }

  private ticket(id: string): Ticket {
    const found = this.tickets.get(id);
    if (found) return found;
    throw new HelpdeskError(404, `There is no ticket ${id.slice(0, 40)}.`);
  }
}

function searchableText(ticket: Ticket): string {
  const replies = ticket.replies.map(({ message }) => message);
  return [ticket.id, ticket.customer, ticket.subject, ticket.body, ...replies]
    .join(' ')
    .toLowerCase();
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new HelpdeskError(400, `${issue?.path.join('.') || 'request'}: ${issue?.message}`);
}
