export { SecretBox } from './secret-box.js';
export { SecretUnreadableError } from './errors.js';
