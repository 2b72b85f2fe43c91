import { serveTasks } from '#libs/platform/threads';

import { DOCUMENT_TASKS } from './document-tasks.js';

serveTasks(DOCUMENT_TASKS);
