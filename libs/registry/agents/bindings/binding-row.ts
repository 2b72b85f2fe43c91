import type { NewBinding } from './bindings.schemas.js';

/** A binding as its row has it, but for its id and its agent. */
export interface BindingRow {
  kind: NewBinding['kind'];
  issuerId: string | null;
  subject: string;
  conditions: { claim: string; equals: string }[];
  publicKey: Record<string, string> | null;
}
