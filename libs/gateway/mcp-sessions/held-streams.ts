import { newId } from '#libs/platform/kernel';

interface HeldStream {
  readonly id: string;
  readonly owner: string;
  readonly onEnded: () => void;
  /** Its own announcement has come back: whatever comes after it is newer. */
  isHeard: boolean;
}

/** The open streams of this process, at most one for each session over all processes: the newest. */
export class HeldStreams {
  readonly #byDigest = new Map<string, HeldStream>();

  get digests(): string[] {
    return [...this.#byDigest.keys()];
  }

  constructor(private readonly maxEach: number) {}

  /** @returns the stream's id, to be announced; null when its owner has too many here */
  add(digest: string, owner: string, onEnded: () => void): string | null {
    this.end(digest);
    const theirs = [...this.#byDigest.values()].filter((held) => held.owner === owner);
    if (theirs.length >= this.maxEach) return null;
    const id = newId();
    this.#byDigest.set(digest, { id, owner, onEnded, isHeard: false });
    return id;
  }

  remove(digest: string, id: string): void {
    if (this.#byDigest.get(digest)?.id === id) this.#byDigest.delete(digest);
  }

  end(digest: string): void {
    const held = this.#byDigest.get(digest);
    this.#byDigest.delete(digest);
    held?.onEnded();
  }

  /** All processes hear announcements in one order: the last one is the newest stream. */
  hear(announced: string): void {
    const [digest = '', id] = announced.split(' ');
    const held = this.#byDigest.get(digest);
    if (held === undefined) return;
    if (held.id === id) held.isHeard = true;
    else if (held.isHeard) this.end(digest);
  }
}
