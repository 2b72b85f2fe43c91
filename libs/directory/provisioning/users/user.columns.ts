import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';
import { asText } from '../resource/read-value.js';
import { ENTERPRISE_URN } from '../schema/user.js';

/** A User resource as its rows hold it: what is looked up has a column, the rest is in `attributes`. */
export interface UserColumns {
  userName: string;
  userNameFolded: string;
  externalId: string | null;
  employeeNumber: string | null;
  attributes: JsonObject;
  /** Null: the client did not say. */
  active: boolean | null;
  /** What the person is shown as; nothing depends on either. */
  person: { name: string; email: string };
}

/** The form in which names are unique: two of them never differ by case or width alone. */
export const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

const text = (value: Json | undefined): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null;

/** The columns of a resource that was read by its schemas. */
export const toUserColumns = (resource: JsonObject): UserColumns => {
  const { userName, externalId, active, ...attributes } = resource;
  const enterprise = resource[ENTERPRISE_URN];
  const name = asText(userName);
  return {
    userName: name,
    userNameFolded: folded(name),
    externalId: text(externalId),
    employeeNumber: isObject(enterprise) ? text(enterprise['employeeNumber']) : null,
    attributes,
    active: typeof active === 'boolean' ? active : null,
    person: { name: shownName(resource, name), email: shownEmail(resource, name) },
  };
};

// What people see must not turn text round or break lines, whatever a client sends.
const shown = (value: string, maxLength: number): string =>
  value
    .replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim()
    .slice(0, maxLength)
    .toWellFormed();

const shownName = (resource: JsonObject, userName: string): string => {
  const name = isObject(resource['name']) ? resource['name'] : {};
  const parts = [text(name['givenName']), text(name['familyName'])].filter((part) => part !== null);
  const found = text(resource['displayName']) ?? text(name['formatted']) ?? text(parts.join(' '));
  return shown(found ?? userName, 200) || 'unnamed';
};

const shownEmail = (resource: JsonObject, userName: string): string => {
  const emails = Array.isArray(resource['emails']) ? resource['emails'].filter(isObject) : [];
  const preferred =
    emails.find((one) => one['primary'] === true) ??
    emails.find((one) => one['type'] === 'work') ??
    emails[0];
  return shown(text(preferred?.['value']) ?? userName, 254);
};
