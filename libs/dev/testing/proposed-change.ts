/** The proposed change that somebody's change became: what a second person confirms. */
export const proposedChangeOf = async (
  answering: Promise<unknown>,
): Promise<{ id: string; subjectId: string; note: string }> => {
  const error = await answering.then(
    () => new Error('it was done at once'),
    (thrown: Error & { proposedChange?: { id: string } }) => thrown,
  );
  if (!('proposedChange' in error) || error.proposedChange === undefined) throw error;
  return { id: error.proposedChange.id, subjectId: '', note: 'agreed on the phone' };
};
