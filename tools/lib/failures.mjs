/** What the system refused, and what its user can do; undefined for anything else. */
export function explain(error) {
  const where = error.path ? ` (${error.path})` : '';
  const sentence = {
    EACCES: `May not write or read${where}: start as the user who owns it, or let that user do so.`,
    EPERM: `May not change${where}: start as the user who owns it.`,
    EROFS: `This file system takes no writes${where}: move the clone to another.`,
    ENOSPC: `The disk is full${where}: make room, then run the same command again.`,
    EDQUOT: `Your quota on the disk is used up${where}: make room, then run the same command again.`,
    EMFILE:
      'Too many open files: raise the limit ("ulimit -n 4096"), then run the same command again.',
    ENFILE: 'This machine has too many open files: end something, then run the same command again.',
    ENOMEM: 'There is not enough memory: end something, then run the same command again.',
    EAGAIN: 'This machine starts no more processes: end some, then run the same command again.',
  }[error.code];
  return sentence;
}
