import type { HttpPerson } from './http-person.js';

/** Somebody who asks the API and expects to be answered well. */
export type Ask = (method: 'GET' | 'POST', path: string, body?: Body) => Promise<Body>;
/** What they send and get. */
export type Body = Record<string, unknown>;
/** What lists name. */
export interface Item {
  id: string;
  name: string;
}

/** The body of an answer that went well. */
export const checked = (what: string, status: number, body: Body): Body => {
  if (status >= 300) throw new Error(`${what}: ${status} ${JSON.stringify(body)}`);
  return body;
};

/** Asks the API as somebody who is signed in. */
export const asker =
  (person: HttpPerson): Ask =>
  async (method, path, body) => {
    const answer = await person.ask(method, path, body);
    return checked(`${method} ${path}`, answer.status, answer.body);
  };

/** The one item of a list that has this name. */
export const named = async (ask: Ask, path: string, name: string): Promise<Item> => {
  const { items } = (await ask('GET', path)) as unknown as { items: Item[] };
  const found = items.find((item) => item.name === name);
  if (found === undefined) throw new Error(`${path} has no ${name}`);
  return found;
};
