/**
 * The text by Unicode's simple case folding (the C and S lines of CaseFolding.txt), so that two texts that
 * differ in case alone become the same. It keeps the number of characters; ß is not ss, and İ is not i.
 */
export const foldCase = (text: string): string => text.replace(CASED, foldOf);

const CASED = /[\p{Changes_When_Casemapped}\p{Changes_When_Casefolded}]/gu;
const known = new Map<string, string>([
  // Simple folding knows these three pairs, and no simple mapping of upper and lower case leads there.
  ['\u1fd3', '\u0390'],
  ['\u1fe3', '\u03b0'],
  ['\ufb05', '\ufb06'],
]);

function foldOf(character: string): string {
  let folded = known.get(character);
  if (folded === undefined) {
    folded = findFolded(character);
    known.set(character, folded);
  }
  return folded;
}

// JavaScript has the mappings of case, which are full ones and know "ß" as "SS"; with the flags "iu" its
// regular expressions compare by simple folding, which tells the mappings that are simple from the others.
function findFolded(character: string): string {
  const isSame = new RegExp(`^${character}$`, 'iu');
  const candidates = [character.toUpperCase().toLowerCase(), character.toLowerCase()];
  return candidates.find((candidate) => isSame.test(candidate)) ?? character;
}
