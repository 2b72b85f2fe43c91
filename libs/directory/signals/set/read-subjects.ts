import { z } from 'zod';

/** Whom an event is about, as one of its identifiers says (RFC 9493). */
export type SignalSubject =
  | { kind: 'issuer_subject'; issuer: string; subject: string }
  /** Names somebody only where the issuer is trusted for it. */
  | { kind: 'email'; email: string };

/** More names of one subject than anybody has. */
export const MAX_SUBJECTS = 10;
const MAX_TEXT = 1000;
const MAX_EMAIL = 320;

const text = z.string().min(1).max(MAX_TEXT);
const issSub = z.object({ format: z.literal('iss_sub'), iss: text, sub: text });
const opaque = z.object({ format: z.literal('opaque'), id: text });
// In other alphabets two addresses can look the same, or fold into one.
const email = z.object({
  format: z.literal('email'),
  email: z
    .string()
    .max(MAX_EMAIL)
    .regex(/^[!-?A-~]+@[!-?A-~]+$/),
});
const complex = z.object({ format: z.literal('complex'), user: z.unknown() });
const aliases = z.object({
  format: z.literal('aliases'),
  identifiers: z.array(z.unknown()).min(1).max(MAX_SUBJECTS),
});

/**
 * The subjects that an identifier names; none for one that names nobody here: a device, a phone number,
 * a subject of another issuer. A transmitter speaks for its own subjects only.
 */
export const readSubjects = (identifier: unknown, issuerUrl: string): SignalSubject[] => {
  const whole = complex.safeParse(identifier);
  const user = whole.success ? whole.data.user : identifier;
  const several = aliases.safeParse(user);
  const named = several.success ? several.data.identifiers : [user];
  return named.flatMap((one) => readSubject(one, issuerUrl) ?? []);
};

const readSubject = (identifier: unknown, issuerUrl: string): SignalSubject | null => {
  const pair = issSub.safeParse(identifier);
  if (pair.success)
    return pair.data.iss === issuerUrl
      ? { kind: 'issuer_subject', issuer: issuerUrl, subject: pair.data.sub }
      : null;
  const id = opaque.safeParse(identifier);
  if (id.success) return { kind: 'issuer_subject', issuer: issuerUrl, subject: id.data.id };
  const address = email.safeParse(identifier);
  return address.success ? { kind: 'email', email: address.data.email } : null;
};
