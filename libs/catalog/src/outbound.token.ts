// One token for the whole process; features that came before it took it from here.
export { OUTBOUND } from '#libs/upstream';
