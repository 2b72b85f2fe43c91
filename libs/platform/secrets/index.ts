export { SecretBox, SecretUnreadable } from './secret-box.js';
