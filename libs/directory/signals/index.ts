/** The receiver of Shared Signals: routes, and the push address. */
export { SignalsModule } from './signals.module.js';
/** Every change of signal streams, and what signals do. */
export { signalCommands, signalPollingCommands } from './signals.commands.js';
/** Takes one token, whichever way it came. */
export { SignalIntake } from './signal-intake.js';
/** What is spoken at /ssf (`Protocol`). */
export { ssfProtocol } from './push/push.protocol.js';
/** The worker's part: polled streams. */
export { SignalPolling } from './poll/signal-polling.js';
export { SignalPollingModule } from './poll/signal-polling.module.js';
