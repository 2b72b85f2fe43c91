import type { Step } from './step.js';

/** Answers in the form of the caller's door. */
export const reply: Step = (exchange) => {
  exchange.reply = exchange.door.answer(exchange);
};
