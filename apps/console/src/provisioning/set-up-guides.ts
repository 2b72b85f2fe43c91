import type { ScimKind } from '../api/types.js';

interface Mapping {
  readonly from: string;
  readonly to: string;
  readonly why: string | null;
}

/** One client's set-up in its own words. */
export interface SetUpGuide {
  readonly where: string;
  readonly baseUrlName: string;
  readonly tokenName: string;
  readonly steps: readonly string[];
  readonly mappingSource: string;
  readonly mappings: readonly Mapping[];
  readonly mappingNote: string;
}

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const ENTRA: SetUpGuide = {
  where: 'the Microsoft Entra admin center',
  baseUrlName: 'Tenant URL',
  tokenName: 'Secret Token',
  steps: [
    'Entra ID → Enterprise applications → New application → Create your own application. Name it Gatehouse and choose “Integrate any other application you don’t find in the gallery (Non-gallery)”.',
    'In the new application: Manage → Provisioning → New configuration (older: Get started, Provisioning Mode: Automatic).',
    'Authentication method: Bearer authentication. Paste the Tenant URL and the Secret Token from above, press Test Connection, then Create (older: Save).',
    'Attribute mapping → Provision Microsoft Entra ID Users: set the mappings at the right. Change externalId from mailNickname to objectId, and delete any mapping to roles.',
    'Attribute mapping → Provision Microsoft Entra ID Groups: keep displayName, objectId to externalId, and members.',
    'Provisioning → Settings → Scope: “Sync only assigned users and groups”.',
    'Users and groups → Add user/group: assign the groups whose people shall be known here. Nested groups are not expanded by Entra.',
    'Overview → Start provisioning. The first cycle begins at once, later ones run about every 40 minutes; Provision on demand tries one person now.',
  ],
  mappingSource: 'Microsoft Entra ID attribute',
  mappings: [
    { from: 'userPrincipalName', to: 'userName', why: 'Matching attribute, precedence 1' },
    {
      from: 'Switch([IsSoftDeleted], , "False", "True", "True", "False")',
      to: 'active',
      why: 'Leavers lose their access at once',
    },
    {
      from: 'objectId',
      to: 'externalId',
      why: 'Links the person’s sign-in by oid; mailNickname can change',
    },
    { from: 'displayName', to: 'displayName', why: null },
    { from: 'mail', to: 'emails[type eq "work"].value', why: null },
    { from: 'givenName', to: 'name.givenName', why: null },
    { from: 'surname', to: 'name.familyName', why: null },
    { from: 'employeeId', to: `${ENTERPRISE}:employeeNumber`, why: 'Only if you link by it' },
    { from: 'department', to: `${ENTERPRISE}:department`, why: null },
    { from: 'manager', to: `${ENTERPRISE}:manager`, why: null },
  ],
  mappingNote:
    'All others may go. Roles and passwords are unknown here: a provisioning token can give nobody a right.',
};

const OKTA: SetUpGuide = {
  where: 'the Okta Admin Console',
  baseUrlName: 'SCIM connector base URL',
  tokenName: 'Authorization (HTTP Header, Bearer)',
  steps: [
    'Applications → Applications → Create App Integration (SAML 2.0 or SWA), name it Gatehouse. OIDC apps offer no SCIM: keep the sign-in app apart.',
    'General → App Settings → Edit → Provisioning: SCIM → Save. A tab Provisioning appears.',
    'Provisioning → Integration → Edit. SCIM connector base URL: the address above. Unique identifier field for users: userName.',
    'Supported provisioning actions: Push New Users, Push Profile Updates, Push Groups. Import is not needed.',
    'Authentication Mode: HTTP Header. Authorization: the token from above, without the word Bearer. Press Test Connector Configuration, then Save.',
    'Provisioning → To App → Edit: enable Create Users, Update User Attributes and Deactivate Users. Leave Sync Password off.',
    'Assignments → Assign to Groups: those whose people shall be known here.',
    'Push Groups → Push Groups by name: those that you will map to roles. Assign and push by different groups, as Okta advises.',
  ],
  mappingSource: 'Okta user profile',
  mappings: [
    { from: 'user.login', to: 'userName', why: 'Unique identifier' },
    {
      from: 'user.getInternalProperty("id")',
      to: 'externalId',
      why: 'Links the person’s sign-in by sub',
    },
    { from: 'user.firstName', to: 'name.givenName', why: null },
    { from: 'user.lastName', to: 'name.familyName', why: null },
    { from: 'user.displayName', to: 'displayName', why: null },
    { from: 'user.email', to: 'emails[type eq "work"].value', why: null },
    {
      from: 'user.employeeNumber',
      to: `${ENTERPRISE}:employeeNumber`,
      why: 'Only if you link by it',
    },
    { from: 'user.department', to: `${ENTERPRISE}:department`, why: null },
  ],
  mappingNote:
    'active is sent by Okta itself: assigned is true, unassigned or deactivated is false.',
};

const OTHER: SetUpGuide = {
  where: 'your provisioning client',
  baseUrlName: 'SCIM 2.0 base address',
  tokenName: 'Bearer token',
  steps: [
    'Choose SCIM 2.0 with a bearer token (OAuth Bearer Token, HTTP header authentication).',
    'Enter the base address and the token from above, and test the connection.',
    'Match users by userName, groups by displayName.',
    'Send active: false for leavers. Their access ends before our answer returns.',
    'Send each group’s members as people. Groups in groups are rejected: the people in a group must be clear to the person who maps it to a role.',
    'Map the groups to roles here, under Roles, once they have come.',
  ],
  mappingSource: 'What the client knows',
  mappings: [
    { from: 'login name', to: 'userName', why: 'Unique' },
    { from: 'whether they are still here', to: 'active', why: 'Leavers lose their access at once' },
    {
      from: 'an id that never changes',
      to: 'externalId',
      why: 'Links the person’s sign-in by a claim',
    },
    { from: 'name', to: 'displayName', why: null },
    { from: 'e-mail', to: 'emails[type eq "work"].value', why: null },
    { from: 'employee number', to: `${ENTERPRISE}:employeeNumber`, why: 'Only if you link by it' },
  ],
  mappingNote: 'ServiceProviderConfig, ResourceTypes and Schemas say what else is understood.',
};

export const SET_UP_GUIDES: Readonly<Record<ScimKind, SetUpGuide>> = {
  entra: ENTRA,
  okta: OKTA,
  other: OTHER,
};
