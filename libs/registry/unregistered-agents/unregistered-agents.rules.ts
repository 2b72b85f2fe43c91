/** Why an agent cannot be bound by its client; null when it can. */
export const unfitForClient = ({
  subject,
  clientId,
}: {
  subject: string;
  clientId: string;
}): string | null => {
  if (clientId === '') return 'Its tokens name no client. Bind its subject instead.';
  if (clientId === subject)
    return "It came with a token of the client's own, which is about no person. Bind its subject instead.";
  return null;
};
