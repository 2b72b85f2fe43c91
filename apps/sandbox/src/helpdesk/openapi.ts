const problem = (description: string): object => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

const json = (description: string, schema: object): object => ({
  description,
  content: { 'application/json': { schema } },
});

const body = (schema: object): object => ({
  required: true,
  content: { 'application/json': { schema } },
});

const ticketParameter = {
  name: 'ticket',
  in: 'path',
  required: true,
  description: 'The ticket, for example T-1001.',
  schema: { type: 'string', pattern: '^T-[0-9]{1,9}$' },
};

const ticket = { $ref: '#/components/schemas/Ticket' };
const rejections = { 400: problem('The request is not as described here.') };
const ticketRejections = { ...rejections, 404: problem('This ticket was not found.') };

/** The helpdesk's OpenAPI 3.1 document. */
export const openApiDocument = (origin: string): object => ({
  openapi: '3.1.0',
  info: {
    title: 'Helpdesk',
    version: '1.0.0',
    description: "The demo organisation's helpdesk.",
  },
  servers: [{ url: origin }],
  paths: {
    '/tickets': {
      get: {
        operationId: 'search_tickets',
        summary: 'Search tickets by words in subject, body, customer and replies.',
        'x-gatehouse-classification': 'read',
        parameters: [
          {
            name: 'query',
            in: 'query',
            required: false,
            description: 'Words that must all occur; without it every ticket is found.',
            schema: { type: 'string', maxLength: 200 },
          },
          {
            name: 'limit',
            in: 'query',
            required: false,
            description: 'At most so many tickets.',
            schema: { type: 'integer', minimum: 1, maximum: 50, default: 10 },
          },
        ],
        responses: {
          200: json('The tickets found.', {
            type: 'object',
            required: ['total', 'tickets'],
            properties: {
              total: { type: 'integer' },
              tickets: { type: 'array', items: ticket },
            },
          }),
          ...rejections,
        },
      },
    },
    '/tickets/{ticket}': {
      delete: {
        operationId: 'delete_ticket',
        summary: 'Delete a ticket for good.',
        'x-gatehouse-classification': 'destructive',
        parameters: [ticketParameter],
        responses: { 204: { description: 'Deleted.' }, ...ticketRejections },
      },
    },
    '/tickets/{ticket}/replies': {
      post: {
        operationId: 'reply',
        summary: "Reply to a ticket's customer.",
        'x-gatehouse-classification': 'write',
        parameters: [ticketParameter],
        requestBody: body({
          type: 'object',
          additionalProperties: false,
          required: ['message'],
          properties: { message: { type: 'string', minLength: 1, maxLength: 5000 } },
        }),
        responses: { 201: json('The ticket with its replies.', ticket), ...ticketRejections },
      },
    },
    '/tickets/{ticket}/refunds': {
      post: {
        operationId: 'refund',
        summary: "Pay money back to a ticket's customer.",
        'x-gatehouse-classification': 'write',
        parameters: [ticketParameter],
        requestBody: body({
          type: 'object',
          additionalProperties: false,
          required: ['amount', 'currency'],
          properties: {
            amount: { type: 'number', exclusiveMinimum: 0, maximum: 10000 },
            currency: { type: 'string', enum: ['EUR', 'USD', 'GBP'] },
          },
        }),
        responses: { 201: json('The ticket with its refunds.', ticket), ...ticketRejections },
      },
    },
    '/emails': {
      post: {
        operationId: 'send_email',
        summary: 'Send an e-mail from the helpdesk.',
        'x-gatehouse-classification': 'write',
        requestBody: body({
          type: 'object',
          additionalProperties: false,
          required: ['to', 'subject', 'body'],
          properties: {
            to: {
              type: 'array',
              minItems: 1,
              maxItems: 20,
              items: { type: 'string', format: 'email', maxLength: 254 },
            },
            subject: { type: 'string', minLength: 1, maxLength: 200 },
            body: { type: 'string', minLength: 1, maxLength: 20000 },
          },
        }),
        responses: {
          202: json('The e-mail was taken.', {
            type: 'object',
            required: ['id', 'recipients'],
            properties: { id: { type: 'string' }, recipients: { type: 'integer' } },
          }),
          ...rejections,
        },
      },
    },
  },
  components: {
    schemas: {
      Ticket: {
        type: 'object',
        required: ['id', 'customer', 'subject', 'body', 'status', 'replies', 'refunds'],
        properties: {
          id: { type: 'string' },
          customer: { type: 'string' },
          subject: { type: 'string' },
          body: { type: 'string' },
          status: { enum: ['open', 'waiting', 'closed'] },
          replies: {
            type: 'array',
            items: {
              type: 'object',
              properties: { author: { type: 'string' }, message: { type: 'string' } },
            },
          },
          refunds: {
            type: 'array',
            items: {
              type: 'object',
              properties: { amount: { type: 'number' }, currency: { type: 'string' } },
            },
          },
        },
      },
      Problem: {
        type: 'object',
        required: ['title', 'status', 'detail'],
        properties: {
          title: { type: 'string' },
          status: { type: 'integer' },
          detail: { type: 'string' },
        },
      },
    },
  },
});
