/** A failure that was already told to the user in full. */
export class ReportedError extends Error {
  constructor(exitCode = 1) {
    super('told');
    this.exitCode = exitCode;
  }
}

let out = process.stdout;

/** Progress goes to stderr where stdout is somebody's input, as for `gatehouse token`. */
export function sayOnStderr() {
  out = process.stderr;
}

export const say = (line) => void out.write(`${line}\n`);

export const seconds = (sinceMs) => `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`;

/** Runs one step, with a line when it is done; `alive()` may add what to say while it takes long. */
export async function step(title, work, alive) {
  const started = Date.now();
  const stopTicking = tick(title, started, alive);
  try {
    const result = await work();
    stopTicking();
    say(`  ✓ ${title} (${seconds(started)})`);
    return result;
  } catch (error) {
    stopTicking();
    say(`  ✗ ${title} (${seconds(started)})`);
    throw error;
  }
}

/** In a terminal one line that counts up; in a log a line every ten seconds. */
function tick(title, started, alive) {
  const write = () => {
    const detail = alive ? `, ${alive()}` : '';
    const line = `  … ${title} (${Math.round((Date.now() - started) / 1000)} s${detail})`;
    out.write(out.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
  };
  if (out.isTTY) write();
  const timer = setInterval(write, out.isTTY ? 1_000 : 10_000);
  return () => {
    clearInterval(timer);
    if (out.isTTY) out.write('\r\u001b[K');
  };
}
