import { describe, expect, it } from 'vitest';
import { WHO_CAN, whoCanEnable } from '../apps/console/src/sign-in/who-can.js';
import { can, isAllowed, type Action, type SubjectName } from '#libs/platform/access';
import { ROLES, type Actor } from '#libs/platform/kernel';

const somebody = (role: (typeof ROLES)[number]): Actor => ({
  kind: 'person',
  id: 'p',
  name: 'P',
  roles: [role],
  teamIds: ['t'],
});

describe("the console's words about who may do what", () => {
  it.each(Object.entries(WHO_CAN))('are right about "%s"', (key, roles) => {
    const [action, subject] = key.split(' ') as [Action, SubjectName];
    const able = ROLES.filter((role) => isAllowed(somebody(role), { action, subject }));
    expect([...(roles ?? [])].toSorted()).toEqual(able.toSorted());
  });

  it.each([true, false])('are right about who enables a person (by security: %s)', (stopped) => {
    const person = { id: 'other', stoppedBySecurity: stopped };
    const able = ROLES.filter((role) => can(somebody(role), 'activate', 'Person', person));
    expect(whoCanEnable(person)).toEqual(able);
  });
});
