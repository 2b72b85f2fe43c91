import { serveTasks } from '#libs/platform/threads';
import { VALIDATION_TASKS } from './validation-tasks.js';

serveTasks(VALIDATION_TASKS);
