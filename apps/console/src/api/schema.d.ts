// Generated from docs/openapi.json by tools/generated.mjs; not for editing.

export interface paths {
    "/.well-known/oauth-authorization-server": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["oauth.metadata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["signin.begin"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-in/back-channel-logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["backchannellogout.end"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-in/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["signin.finish"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-in/callback/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["signin.finishAt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-in/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["signin.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["accessrequests.list"];
        put?: never;
        post: operations["accessrequests.request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access-requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["accessrequests.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access-requests/{id}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["accessrequests.draft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access-requests/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["accessrequests.reject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access-requests/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["accessrequests.withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access-tokens/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["tokens.revoke"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["agents.list"];
        put?: never;
        post: operations["agents.register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["agents.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["agents.change"];
        trace?: never;
    };
    "/api/v1/agents/{id}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["agents.activate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents/{id}/bindings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["bindings.bind"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents/{id}/bindings/{bindingId}/unbind": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["bindings.unbind"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents/{id}/reassign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["agents.reassign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents/{id}/retire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["agents.retire"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents/{id}/revoke-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["agents.revokeTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents/{id}/rights": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["agentrights.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents/{id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["agents.suspend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["alerts.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["alerts.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["alerts.acknowledge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["calls.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["calls.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/delegations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["delegations.list"];
        put?: never;
        post: operations["delegations.grant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/delegations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["delegations.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/delegations/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["delegations.revoke"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/delegations/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["delegations.withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/delegations/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["delegations.agents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/emergency-access": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["emergency.list"];
        put?: never;
        post: operations["emergency.open"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/emergency-access/{id}/changes/{changeId}/keep": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["emergency.keep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/emergency-access/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["emergency.close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/group-mappings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["groupmappings.list"];
        put?: never;
        post: operations["groupmappings.map"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/group-mappings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["groupmappings.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/group-mappings/{id}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["groupmappings.remove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["groups.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/groups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["groups.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/issuers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["issuers.list"];
        put?: never;
        post: operations["issuers.trust"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/issuers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["issuers.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["issuers.change"];
        trace?: never;
    };
    "/api/v1/issuers/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["issuers.restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/issuers/{id}/retire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["issuers.retire"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/issuers/{id}/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["issuers.configure"];
        post?: never;
        delete: operations["issuers.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/issuers/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["issuers.test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/kill-switches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["killswitches.list"];
        put?: never;
        post: operations["killswitches.activate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/kill-switches/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["killswitches.release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ledger-entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["audit.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ledger-entries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["audit.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ledger-verifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["audit.verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["overview.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["people.list"];
        put?: never;
        post: operations["people.add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["people.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["people.change"];
        trace?: never;
    };
    "/api/v1/people/{id}/confirm-identity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["people.confirmIdentity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["people.disable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["people.enable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/reject-identity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["people.rejectIdentity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/revoke-access": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["people.revoke"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["policies.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["policies.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["policies.validate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy-versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["policyversions.list"];
        put?: never;
        post: operations["policyversions.propose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy-versions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["policyversions.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy-versions/{id}/propose": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["policyversions.proposePublication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy-versions/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["policyversions.publish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy-versions/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["policyversions.reject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy-versions/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["policyversions.revoke"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy-versions/denials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["policyversions.deny"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/proposed-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["proposedchanges.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/proposed-changes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["proposedchanges.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/proposed-changes/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["proposedchanges.confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/proposed-changes/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["proposedchanges.reject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/proposed-changes/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["proposedchanges.withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["roles.matrix"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/assignments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["roles.assign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/withdrawals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["roles.withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scim-connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["scimconnections.list"];
        put?: never;
        post: operations["scimconnections.register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scim-connections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["scimconnections.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["scimconnections.change"];
        trace?: never;
    };
    "/api/v1/scim-connections/{id}/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["scimconnections.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scim-connections/{id}/tokens/{tokenId}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["scimconnections.revoke"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scim-connections/{id}/tokens/{tokenId}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["scimconnections.rotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["session.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/end-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["signout.everywhere"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["setup.get"];
        put?: never;
        post: operations["setup.claim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["signout.here"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signal-streams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["signals.list"];
        put?: never;
        post: operations["signals.register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signal-streams/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["signals.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["signals.change"];
        trace?: never;
    };
    "/api/v1/signal-streams/{id}/retire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["signals.retire"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signing-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["tokens.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signing-keys/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["tokens.rotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["teams.list"];
        put?: never;
        post: operations["teams.add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["teams.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["teams.change"];
        trace?: never;
    };
    "/api/v1/tool-servers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["toolservers.list"];
        put?: never;
        post: operations["toolservers.register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tool-servers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["toolservers.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tool-servers/{id}/changed-definitions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["toolservers.setChangedDefinitions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tool-servers/{id}/refresh-tools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["toolservers.refreshTools"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tool-servers/{id}/take-over-tools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["toolservers.takeOver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tool-servers/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["toolservertest.test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["tools.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tools/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["tools.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tools/{id}/classification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["tools.classify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/unregistered-agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["unregistered.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/unregistered-agents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["unregistered.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/unregistered-agents/{id}/block": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["unregistered.block"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/unregistered-agents/{id}/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["unregistered.register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/unregistered-agents/{id}/unblock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["unregistered.unblock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["health.live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["health.ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/jwks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["oauth.keys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["oauth.token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ssf/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["push.receive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        __schema0: unknown;
        __schema1: unknown;
        Agent: {
            activatedAt: components["schemas"]["Time"] | null;
            bindingCount: number;
            callsLast24h: number;
            createdAt: components["schemas"]["Time"];
            deniedOrInvalidLast24h: number;
            expiresAt: components["schemas"]["Time"] | null;
            id: components["schemas"]["Id"];
            inactiveAfterDays: number | null;
            inheritedAt: components["schemas"]["Time"] | null;
            lastCallAt: components["schemas"]["Time"] | null;
            name: string;
            orphanedAt: components["schemas"]["Time"] | null;
            owner: components["schemas"]["PersonRef"];
            purpose: string;
            retiredAt: components["schemas"]["Time"] | null;
            riskTier: components["schemas"]["RiskTier"];
            state: components["schemas"]["AgentState"];
            stateReason: string | null;
            stoppedBySecurity: boolean;
            tags: string[];
            team: components["schemas"]["Ref"];
            tokensRevokedBefore: components["schemas"]["Time"] | null;
            updatedAt: components["schemas"]["Time"];
        };
        AgentDetail: {
            activatedAt: components["schemas"]["Time"] | null;
            bindingCount: number;
            bindings: components["schemas"]["Binding"][];
            callsLast24h: number;
            createdAt: components["schemas"]["Time"];
            deniedOrInvalidLast24h: number;
            expiresAt: components["schemas"]["Time"] | null;
            id: components["schemas"]["Id"];
            inactiveAfterDays: number | null;
            inheritedAt: components["schemas"]["Time"] | null;
            lastCallAt: components["schemas"]["Time"] | null;
            name: string;
            orphanedAt: components["schemas"]["Time"] | null;
            owner: components["schemas"]["PersonRef"];
            purpose: string;
            retiredAt: components["schemas"]["Time"] | null;
            riskTier: components["schemas"]["RiskTier"];
            state: components["schemas"]["AgentState"];
            stateReason: string | null;
            stoppedBySecurity: boolean;
            tags: string[];
            team: components["schemas"]["Ref"];
            tokensRevokedBefore: components["schemas"]["Time"] | null;
            updatedAt: components["schemas"]["Time"];
        };
        AgentRights: {
            epoch: string;
            items: {
                /** @enum {string} */
                classification: "read" | "write" | "destructive";
                /** @enum {string} */
                effect: "allow" | "deny" | "conditional";
                rules: {
                    /** @enum {string} */
                    effect: "allow" | "deny" | "hold";
                    expiresAt: components["schemas"]["Time"] | null;
                    policy: components["schemas"]["Ref"];
                    reason: string;
                    rule: string;
                }[];
                tool: {
                    id: components["schemas"]["Id"];
                    name: string;
                    server: string;
                };
            }[];
        };
        /** @enum {string} */
        AgentState: "draft" | "active" | "suspended" | "retired";
        BindAgent: {
            /** @default [] */
            conditions: components["schemas"]["BindingConditions"];
            issuerId: components["schemas"]["Id"];
            /** @enum {string} */
            kind: "subject";
            subject: string;
        } | {
            clientId: string;
            issuerId: components["schemas"]["Id"];
            /** @enum {string} */
            kind: "client";
        } | {
            /** @enum {string} */
            kind: "key";
            publicKey: {
                alg?: string;
                /** @enum {string} */
                crv?: "P-256" | "P-384" | "Ed25519";
                d?: unknown;
                dp?: unknown;
                dq?: unknown;
                e?: string;
                ext?: boolean;
                k?: unknown;
                key_ops?: [
                    "verify"
                ];
                kid?: string;
                /** @enum {string} */
                kty: "EC" | "OKP" | "RSA";
                n?: string;
                oth?: unknown;
                p?: unknown;
                q?: unknown;
                qi?: unknown;
                /** @enum {string} */
                use?: "sig";
                x?: string;
                y?: string;
            };
        };
        Binding: {
            conditions: {
                claim: string;
                equals: string;
            }[];
            createdAt: components["schemas"]["Time"];
            id: components["schemas"]["Id"];
            issuer: {
                id: components["schemas"]["Id"];
                name: string;
                url: string;
            } | null;
            /** @enum {string} */
            kind: "subject" | "client" | "key";
            publicKey: {
                [key: string]: string;
            } | null;
            subject: string;
        };
        BindingConditions: {
            claim: string;
            equals: string;
        }[];
        Call: {
            agent: components["schemas"]["Ref"];
            at: components["schemas"]["Time"];
            code: string;
            decision: components["schemas"]["CallDecision"];
            durationMs: number | null;
            id: components["schemas"]["Id"];
            identifiedBy: ("subject_binding" | "client_binding" | "own_token" | "subject_token" | "delegation") | null;
            method: ("tools/call" | "tools/list" | "tool-calls/get" | "ability/get" | "initialize" | "server/discover" | "ping" | "other") | null;
            outcome: components["schemas"]["CallOutcome"] | null;
            person: components["schemas"]["Ref"] | null;
            /** @enum {string} */
            protocol: "mcp" | "rest";
            reason: string | null;
            requestedTool: {
                server: string | null;
                tool: string;
            } | null;
            rule: string | null;
            server: string | null;
            tool: string | null;
            toolId: components["schemas"]["Id"] | null;
        };
        /** @enum {string} */
        CallDecision: "allow" | "deny" | "hold" | "invalid";
        CallDetail: {
            actors: components["schemas"]["Ref"][];
            agent: components["schemas"]["Ref"];
            agentDecision: ("allow" | "deny" | "hold") | null;
            argumentNames: string[];
            at: components["schemas"]["Time"];
            binding: {
                id: components["schemas"]["Id"];
                issuer: string | null;
                subject: string;
            } | null;
            code: string;
            decision: components["schemas"]["CallDecision"];
            delegationId: components["schemas"]["Id"] | null;
            durationMs: number | null;
            entries: {
                at: components["schemas"]["Time"];
                chain: components["schemas"]["Id"];
                hash: string;
                id: components["schemas"]["Id"];
                seq: string;
                type: string;
            }[];
            epoch: string | null;
            evaluatedRules: {
                /** @enum {string} */
                effect: "allow" | "deny" | "hold";
                explanation: string;
                isDecisive: boolean;
                policy: string;
                /** @enum {string} */
                principal: "agent" | "person";
                /** @enum {string} */
                result: "true" | "false" | "unknown";
                rule: string;
            }[];
            id: components["schemas"]["Id"];
            identifiedBy: ("subject_binding" | "client_binding" | "own_token" | "subject_token" | "delegation") | null;
            method: ("tools/call" | "tools/list" | "tool-calls/get" | "ability/get" | "initialize" | "server/discover" | "ping" | "other") | null;
            outcome: components["schemas"]["CallOutcome"] | null;
            person: components["schemas"]["Ref"] | null;
            personDecision: ("allow" | "deny" | "hold") | null;
            policyVersion: {
                id: components["schemas"]["Id"];
                number: number;
                policy: components["schemas"]["Ref"];
            } | null;
            /** @enum {string} */
            protocol: "mcp" | "rest";
            reason: string | null;
            remedy: string | null;
            requestedTool: {
                server: string | null;
                tool: string;
            } | null;
            rule: string | null;
            server: string | null;
            tool: string | null;
            toolId: components["schemas"]["Id"] | null;
        };
        /** @enum {string} */
        CallOutcome: "succeeded" | "tool_error" | "upstream_error" | "timeout" | "unknown";
        CallPage: {
            items: components["schemas"]["Call"][];
            total: number;
        };
        ChangeIssuer: {
            algorithms?: ("RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" | "ES256" | "ES384" | "ES512" | "EdDSA" | "Ed25519")[];
            audiences?: string[];
            clockToleranceSeconds?: number;
            keysUrl?: string | null;
            maxTokenAgeSeconds?: number;
            name?: string;
            /** @enum {string} */
            profile?: "rfc9068" | "jwt" | "entra" | "okta" | "spiffe" | "kubernetes" | "github";
            reason: components["schemas"]["Reason"];
            requiredClaims?: {
                [key: string]: string;
            };
            signalsByEmail?: boolean;
        };
        ChangeScimConnection: {
            issuerId?: components["schemas"]["Id"] | null;
            /** @enum {string} */
            kind?: "entra" | "okta" | "other";
            name?: string;
        };
        /** @enum {string} */
        Classification: "read" | "write" | "destructive";
        ConfigureSignIn: {
            clientId: string;
            clientSecret?: string;
            enabled: boolean;
            label: string;
            linkAttribute: ("external_id" | "employee_number") | null;
            linkClaim: string | null;
        };
        CreateScimToken: {
            /** @default 180 */
            expiresInDays: number;
            scopes: components["schemas"]["ScimScope"][];
        };
        Group: {
            connection: components["schemas"]["Ref"] | null;
            createdAt: components["schemas"]["Time"];
            displayName: string;
            id: components["schemas"]["Id"];
            memberCount: number;
            roles: ("it" | "security" | "grc" | "developer" | "office" | "emergency" | "owner")[];
            updatedAt: components["schemas"]["Time"];
        };
        GroupDetail: {
            connection: components["schemas"]["Ref"] | null;
            createdAt: components["schemas"]["Time"];
            displayName: string;
            id: components["schemas"]["Id"];
            mappings: {
                decidedAt: components["schemas"]["Time"];
                decidedBy: components["schemas"]["PersonRef"] | null;
                id: components["schemas"]["Id"];
                proposedBy: components["schemas"]["PersonRef"] | null;
                /** @enum {string} */
                role: "it" | "security" | "grc" | "developer" | "office" | "emergency" | "owner";
                /** @enum {string} */
                state: "active" | "removed";
            }[];
            memberCount: number;
            members: {
                items: {
                    active: boolean;
                    addedAt: components["schemas"]["Time"];
                    email: string;
                    id: components["schemas"]["Id"];
                    name: string;
                }[];
                total: number;
            };
            roles: ("it" | "security" | "grc" | "developer" | "office" | "emergency" | "owner")[];
            updatedAt: components["schemas"]["Time"];
        };
        GroupPage: {
            items: components["schemas"]["Group"][];
            total: number;
        };
        /**
         * Format: uuid
         * @description A UUID.
         */
        Id: string;
        Issuer: {
            algorithms: string[];
            audiences: string[];
            bindingCount: number;
            clockToleranceSeconds: number;
            createdAt: components["schemas"]["Time"];
            id: components["schemas"]["Id"];
            keysUrl: string | null;
            maxTokenAgeSeconds: number;
            name: string;
            profile: string;
            requiredClaims: {
                [key: string]: string;
            };
            retiredAt: components["schemas"]["Time"] | null;
            signalsByEmail: boolean;
            signIn: {
                clientId: string;
                enabled: boolean;
                label: string;
                linkAttribute: ("external_id" | "employee_number") | null;
                linkClaim: string | null;
                updatedAt: components["schemas"]["Time"];
            } | null;
            updatedAt: components["schemas"]["Time"];
            url: string;
        };
        IssuerDetail: {
            algorithms: string[];
            audiences: string[];
            bindingCount: number;
            clockToleranceSeconds: number;
            createdAt: components["schemas"]["Time"];
            id: components["schemas"]["Id"];
            keysUrl: string | null;
            maxTokenAgeSeconds: number;
            name: string;
            profile: string;
            requiredClaims: {
                [key: string]: string;
            };
            retiredAt: components["schemas"]["Time"] | null;
            signalsByEmail: boolean;
            signIn: {
                clientId: string;
                enabled: boolean;
                label: string;
                linkAttribute: ("external_id" | "employee_number") | null;
                linkClaim: string | null;
                updatedAt: components["schemas"]["Time"];
            } | null;
            signInUris: {
                backChannelLogoutUri: string;
                redirectUri: string;
            };
            updatedAt: components["schemas"]["Time"];
            url: string;
        };
        IssuerPage: {
            items: components["schemas"]["Issuer"][];
            total: number;
        };
        IssuerTest: {
            checks: {
                detail: string;
                /** @enum {string} */
                name: "settings" | "discovery" | "issuer" | "keys" | "clock" | "audience" | "sign_in" | "sample_token";
                ok: boolean;
            }[];
            ok: boolean;
        };
        KillSwitch: {
            activatedAt: components["schemas"]["Time"];
            activatedBy: components["schemas"]["PersonRef"] | null;
            id: components["schemas"]["Id"];
            reason: string;
            releasedAt: components["schemas"]["Time"] | null;
            releasedBy: components["schemas"]["PersonRef"] | null;
            releaseReason: string | null;
            /** @enum {string} */
            scope: "tool" | "server" | "everything";
            stoppedBySecurity: boolean;
            target: {
                id: components["schemas"]["Id"];
                name: string;
            } | null;
        };
        LedgerEntry: {
            actor: {
                id: string;
                kind: string;
                name: string;
            };
            at: components["schemas"]["Time"];
            callId: components["schemas"]["Id"] | null;
            chain: components["schemas"]["Id"];
            data: {
                [key: string]: unknown;
            };
            hash: string;
            id: components["schemas"]["Id"];
            seq: string;
            subject: {
                id: string;
                kind: string;
                name: string | null;
            } | null;
            type: string;
        };
        LedgerEntryDetail: {
            actor: {
                id: string;
                kind: string;
                name: string;
            };
            at: components["schemas"]["Time"];
            callId: components["schemas"]["Id"] | null;
            chain: components["schemas"]["Id"];
            data: {
                [key: string]: unknown;
            };
            format: number;
            hash: string;
            hashValid: boolean;
            id: components["schemas"]["Id"];
            payloads: {
                content: unknown;
                digestValid: boolean;
                name: string;
                redacted: boolean;
            }[];
            prev: string;
            seq: string;
            subject: {
                id: string;
                kind: string;
                name: string | null;
            } | null;
            type: string;
        };
        LedgerEntryPage: {
            items: components["schemas"]["LedgerEntry"][];
            total: number;
        };
        LedgerVerification: {
            at: components["schemas"]["Time"];
            cannotProve: string[];
            chains: number;
            durationMs: number;
            entries: number;
            firstProblem: {
                chain: components["schemas"]["Id"] | null;
                entryId: string | null;
                kind: string;
                message: string;
                seq: string | null;
            } | null;
            ok: boolean;
            payloads: number;
            problemCount: number;
        };
        Live: {
            /** @enum {string} */
            status: "live";
        };
        NewKillSwitch: {
            reason: components["schemas"]["Reason"];
            /** @enum {string} */
            scope: "tool";
            targetId: components["schemas"]["Id"];
        } | {
            reason: components["schemas"]["Reason"];
            /** @enum {string} */
            scope: "server";
            targetId: components["schemas"]["Id"];
        } | {
            reason: components["schemas"]["Reason"];
            /** @enum {string} */
            scope: "everything";
        };
        NewScimToken: {
            baseUrl: string;
            connection: components["schemas"]["ScimConnection"];
            proposedChange: {
                expiresAt: components["schemas"]["Time"];
                explanation: string;
                id: components["schemas"]["Id"];
            } | null;
            token: string;
        };
        Overview: {
            agentsByRiskTier: {
                [key: string]: number;
            };
            agentsByState: {
                [key: string]: number;
            };
            callsByHour: {
                allow: number;
                deny: number;
                hour: components["schemas"]["Time"];
                invalid: number;
            }[];
            callsLast24h: {
                allow: number;
                deny: number;
                invalid: number;
            };
            changesToday: {
                actor: string;
                at: components["schemas"]["Time"];
                id: components["schemas"]["Id"];
                outcome: string;
                subject: string | null;
                type: string;
            }[] | null;
            inReviewCount: number | null;
            latestDeniedOrInvalid: components["schemas"]["Call"][];
            ledger: {
                entries: number;
                lastVerification: {
                    at: components["schemas"]["Time"];
                    entries: number;
                    ok: boolean;
                } | null;
            } | null;
            requestsWithoutAgentLast24h: {
                count: number;
                reason: string;
            }[] | null;
            toolServers: {
                discovering: number;
                failed: number;
                ready: number;
            } | null;
        };
        Person: {
            createdAt: components["schemas"]["Time"];
            email: string;
            id: components["schemas"]["Id"];
            isActive: boolean;
            managedBy: components["schemas"]["Ref"] | null;
            name: string;
            roles: components["schemas"]["Role"][];
            teams: components["schemas"]["Ref"][];
        };
        PersonDetail: {
            activeDelegations: number;
            agents: {
                id: components["schemas"]["Id"];
                name: string;
                state: string;
            }[];
            createdAt: components["schemas"]["Time"];
            disabledAt: components["schemas"]["Time"] | null;
            disabledByPeople: boolean;
            email: string;
            groups: components["schemas"]["Ref"][];
            id: components["schemas"]["Id"];
            identities: {
                confirmedAt: components["schemas"]["Time"] | null;
                issuer: string;
                linkedAt: components["schemas"]["Time"];
                /** @enum {string} */
                linkedBy: "added" | "setup_code" | "claim";
                subject: string;
            }[];
            isActive: boolean;
            isActiveAtClient: boolean | null;
            lastSignInAt: components["schemas"]["Time"] | null;
            managedBy: components["schemas"]["Ref"] | null;
            name: string;
            roles: components["schemas"]["Role"][];
            roleSources: {
                assignedBy: components["schemas"]["Ref"] | null;
                expiresAt: components["schemas"]["Time"] | null;
                group: components["schemas"]["Ref"] | null;
                isCoolingOff: boolean;
                role: components["schemas"]["Role"];
                since: components["schemas"]["Time"];
                /** @enum {string} */
                via: "assignment" | "group" | "emergency";
            }[];
            stoppedBySecurity: boolean;
            teams: components["schemas"]["Ref"][];
            tokensRevokedBefore: components["schemas"]["Time"] | null;
            unconfirmedRoles: components["schemas"]["Role"][];
        };
        PersonPage: {
            items: components["schemas"]["Person"][];
            total: number;
        };
        PersonRef: {
            email: string;
            id: components["schemas"]["Id"];
            name: string;
        };
        Policy: {
            active: components["schemas"]["PolicyVersion"] | null;
            createdAt: components["schemas"]["Time"];
            description: string;
            id: components["schemas"]["Id"];
            inReviewCount: number;
            isReadable: boolean;
            /** @enum {string} */
            kind: "policy" | "access_grant";
            name: string;
            ruleCount: number;
        };
        PolicyDetail: {
            active: components["schemas"]["PolicyVersion"] | null;
            createdAt: components["schemas"]["Time"];
            currentText: string | null;
            description: string;
            id: components["schemas"]["Id"];
            inReviewCount: number;
            isReadable: boolean;
            /** @enum {string} */
            kind: "policy" | "access_grant";
            name: string;
            renamed: {
                currentName: string | null;
                /** @enum {string} */
                kind: "agent" | "team" | "group" | "server";
                name: string;
            }[];
            ruleCount: number;
            text: string | null;
        };
        PolicyVersion: {
            accessRequest: {
                id: components["schemas"]["Id"];
                requestedBy: components["schemas"]["PersonRef"];
            } | null;
            decidedAt: components["schemas"]["Time"] | null;
            decidedBy: components["schemas"]["PersonRef"] | null;
            decisionNote: string | null;
            id: components["schemas"]["Id"];
            /** @enum {string} */
            kind: "policy" | "access_grant";
            note: string;
            number: number;
            policy: components["schemas"]["Ref"];
            proposedAt: components["schemas"]["Time"];
            proposedBy: components["schemas"]["PersonRef"] | null;
            /** @enum {string} */
            state: "in_review" | "active" | "archived" | "rejected";
        };
        PolicyVersionDetail: {
            accessRequest: {
                id: components["schemas"]["Id"];
                requestedBy: components["schemas"]["PersonRef"];
            } | null;
            basedOn: {
                currentText: string;
                id: components["schemas"]["Id"];
                number: number;
                text: string;
            } | null;
            currentText: string;
            decidedAt: components["schemas"]["Time"] | null;
            decidedBy: components["schemas"]["PersonRef"] | null;
            decisionNote: string | null;
            id: components["schemas"]["Id"];
            impact: {
                /** @enum {string} */
                after: "allow" | "deny" | "conditional";
                agent: components["schemas"]["Ref"];
                /** @enum {string} */
                before: "allow" | "deny" | "conditional";
                tool: {
                    id: components["schemas"]["Id"];
                    name: string;
                    server: string;
                };
            }[];
            isReadable: boolean;
            /** @enum {string} */
            kind: "policy" | "access_grant";
            note: string;
            number: number;
            policy: components["schemas"]["Ref"];
            proposedAt: components["schemas"]["Time"];
            proposedBy: components["schemas"]["PersonRef"] | null;
            proposedChange: {
                canConfirm: boolean;
                expiresAt: components["schemas"]["Time"];
                id: components["schemas"]["Id"];
                whyNotConfirm: string | null;
            } | null;
            publishable: boolean;
            renamed: {
                currentName: string | null;
                /** @enum {string} */
                kind: "agent" | "team" | "group" | "server";
                name: string;
            }[];
            /** @enum {string} */
            state: "in_review" | "active" | "archived" | "rejected";
            text: string;
        };
        Problem: {
            code: string;
            detail: string;
            problems?: {
                message: string;
                path: string;
            }[];
            reason?: string;
            remedy?: string | null;
            rule?: string | null;
            status: number;
            title: string;
            traceId?: string;
            type: string;
        };
        Ready: {
            clockSkewMs: number;
            /** @enum {string} */
            status: "ready";
        };
        Reason: string;
        Ref: {
            id: components["schemas"]["Id"];
            name: string;
        };
        RegisterAgent: {
            /** @default null */
            expiresAt: components["schemas"]["Time"] | null;
            /** @default null */
            inactiveAfterDays: number | null;
            name: string;
            ownerId: components["schemas"]["Id"];
            purpose: string;
            riskTier: components["schemas"]["RiskTier"];
            /** @default [] */
            tags: string[];
            teamId: components["schemas"]["Id"];
        };
        RegisterScimConnection: {
            /** @default null */
            issuerId: components["schemas"]["Id"] | null;
            /** @enum {string} */
            kind: "entra" | "okta" | "other";
            name: string;
        };
        RegisterUnregisteredAgent: {
            /** @default [] */
            conditions: components["schemas"]["BindingConditions"];
            /** @default null */
            expiresAt: components["schemas"]["Time"] | null;
            /** @default null */
            inactiveAfterDays: number | null;
            /** @enum {string} */
            kind: "subject" | "client";
            name: string;
            ownerId: components["schemas"]["Id"];
            purpose: string;
            riskTier: components["schemas"]["RiskTier"];
            /** @default [] */
            tags: string[];
            teamId: components["schemas"]["Id"];
        };
        RestoreIssuer: {
            reason: components["schemas"]["Reason"];
        };
        RetireIssuer: {
            reason: components["schemas"]["Reason"];
        };
        RevokeScimToken: {
            reason: components["schemas"]["Reason"];
        };
        /** @enum {string} */
        RiskTier: "low" | "medium" | "high";
        /** @enum {string} */
        Role: "it" | "security" | "grc" | "developer" | "office" | "emergency" | "owner";
        RotateScimToken: {
            /** @default 180 */
            expiresInDays: number;
            /** @default 24 */
            overlapHours: number;
        };
        ScimConnection: {
            agentCount: number;
            createdAt: components["schemas"]["Time"];
            groupCount: number;
            id: components["schemas"]["Id"];
            issuer: components["schemas"]["Ref"] | null;
            /** @enum {string} */
            kind: "entra" | "okta" | "other";
            name: string;
            tokens: components["schemas"]["ScimToken"][];
            userCount: number;
        };
        ScimConnectionPage: {
            baseUrl: string;
            items: components["schemas"]["ScimConnection"][];
            total: number;
        };
        /** @enum {string} */
        ScimScope: "users:read" | "users:write" | "groups:read" | "groups:write" | "agents:read" | "agents:write";
        ScimToken: {
            createdAt: components["schemas"]["Time"];
            createdBy: components["schemas"]["PersonRef"] | null;
            expiresAt: components["schemas"]["Time"];
            id: components["schemas"]["Id"];
            lastUsedAt: components["schemas"]["Time"] | null;
            lastUsedFrom: string | null;
            prefix: string;
            revokedAt: components["schemas"]["Time"] | null;
            scopes: components["schemas"]["ScimScope"][];
            /** @enum {string} */
            state: "waiting" | "not_confirmed" | "active" | "expired" | "revoked";
        };
        Session: {
            coolingOffRoles: {
                role: components["schemas"]["Role"];
                until: components["schemas"]["Time"] | null;
            }[];
            csrfToken: string;
            emergency: {
                expiresAt: components["schemas"]["Time"];
                id: components["schemas"]["Id"];
            } | null;
            expiresAt: components["schemas"]["Time"];
            idleSeconds: number;
            person: {
                email: string;
                id: components["schemas"]["Id"];
                name: string;
                roles: components["schemas"]["Role"][];
                teams: components["schemas"]["Ref"][];
            };
            rules: {
                action: ("read" | "register" | "change" | "bind" | "activate" | "suspend" | "retire" | "propose" | "publish" | "reject" | "classify" | "take_over" | "verify" | "start" | "end" | "open" | "close" | "keep" | "assign" | "withdraw" | "release" | "revoke" | "rotate" | "block" | "request" | "draft" | "acknowledge" | "confirm" | "provision" | "issue")[];
                conditions?: {
                    [key: string]: unknown;
                };
                inverted?: boolean;
                subject: ("Overview" | "Agent" | "ToolServer" | "Tool" | "Policy" | "PolicyVersion" | "Call" | "LedgerEntry" | "Person" | "Group" | "Team" | "Issuer" | "Session" | "RoleAssignment" | "GroupMapping" | "EmergencyAccess" | "KillSwitch" | "Delegation" | "AccessToken" | "SigningKey" | "ScimConnection" | "ScimToken" | "SignalStream" | "UnregisteredAgent" | "AccessRequest" | "Alert" | "FollowUp" | "ProposedChange")[];
            }[];
            sandbox: boolean;
            unconfirmedRoles: {
                confirmedBy: components["schemas"]["Role"][];
                role: components["schemas"]["Role"];
            }[];
        };
        Team: {
            id: components["schemas"]["Id"];
            name: string;
            orphanOwner: components["schemas"]["PersonRef"] | null;
            /** @enum {string} */
            orphanRule: "flag" | "reassign" | "suspend";
        };
        TeamPage: {
            items: components["schemas"]["Team"][];
            total: number;
        };
        TestIssuer: {
            issuerId: components["schemas"]["Id"];
            sampleToken?: string;
        } | {
            algorithms: ("RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" | "ES256" | "ES384" | "ES512" | "EdDSA" | "Ed25519")[];
            audiences: string[];
            clockToleranceSeconds: number;
            /** @default null */
            keysUrl: string | null;
            /** @default 86400 */
            maxTokenAgeSeconds: number;
            /** @enum {string} */
            profile: "rfc9068" | "jwt" | "entra" | "okta" | "spiffe" | "kubernetes" | "github";
            /** @default {} */
            requiredClaims: {
                [key: string]: string;
            };
            sampleToken?: string;
            /** @default false */
            signalsByEmail: boolean;
            /** Format: uri */
            url: string;
        };
        /** Format: date-time */
        Time: string;
        Tool: {
            annotations: {
                [key: string]: unknown;
            };
            classification: components["schemas"]["Classification"];
            classifiedAt: components["schemas"]["Time"] | null;
            classifiedBy: components["schemas"]["PersonRef"] | null;
            definitionDigest: string;
            description: string | null;
            id: components["schemas"]["Id"];
            name: string;
            offeredDigest: string | null;
            pinnedAt: components["schemas"]["Time"];
            server: {
                id: components["schemas"]["Id"];
                name: string;
                slug: string;
            };
            /** @enum {string} */
            state: "pinned" | "changed" | "new" | "removed";
            title: string | null;
        };
        ToolDetail: {
            annotations: {
                [key: string]: unknown;
            };
            classification: components["schemas"]["Classification"];
            classifiedAt: components["schemas"]["Time"] | null;
            classifiedBy: components["schemas"]["PersonRef"] | null;
            definitionDigest: string;
            description: string | null;
            difference: {
                field: string;
                offered: unknown;
                pinned: unknown;
            }[];
            id: components["schemas"]["Id"];
            inputSchema: {
                [key: string]: unknown;
            };
            name: string;
            offeredDigest: string | null;
            operation: {
                [key: string]: unknown;
            } | null;
            otherFields: {
                [key: string]: unknown;
            };
            outputSchema: {
                [key: string]: unknown;
            } | null;
            pinnedAt: components["schemas"]["Time"];
            server: {
                id: components["schemas"]["Id"];
                name: string;
                slug: string;
            };
            /** @enum {string} */
            state: "pinned" | "changed" | "new" | "removed";
            title: string | null;
        };
        ToolServer: {
            createdAt: components["schemas"]["Time"];
            id: components["schemas"]["Id"];
            /** @enum {string} */
            kind: "mcp" | "rest";
            name: string;
            /** @enum {string} */
            onChangedDefinition: "block" | "keep";
            owner: components["schemas"]["PersonRef"];
            slug: string;
            /** @enum {string} */
            state: "discovering" | "ready" | "failed";
            stateReason: string | null;
            team: components["schemas"]["Ref"];
            toolCount: number;
            url: string;
        };
        ToolServerDetail: {
            createdAt: components["schemas"]["Time"];
            id: components["schemas"]["Id"];
            /** @enum {string} */
            kind: "mcp" | "rest";
            leftOut: {
                name: string;
                reason: string;
            }[];
            name: string;
            /** @enum {string} */
            onChangedDefinition: "block" | "keep";
            owner: components["schemas"]["PersonRef"];
            slug: string;
            /** @enum {string} */
            state: "discovering" | "ready" | "failed";
            stateReason: string | null;
            team: components["schemas"]["Ref"];
            toolCount: number;
            toolStates: {
                [key: string]: number;
            };
            url: string;
        };
        TrustIssuer: {
            algorithms: ("RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" | "ES256" | "ES384" | "ES512" | "EdDSA" | "Ed25519")[];
            audiences: string[];
            clockToleranceSeconds: number;
            /** @default null */
            keysUrl: string | null;
            /** @default 86400 */
            maxTokenAgeSeconds: number;
            name: string;
            /** @enum {string} */
            profile: "rfc9068" | "jwt" | "entra" | "okta" | "spiffe" | "kubernetes" | "github";
            /** @default {} */
            requiredClaims: {
                [key: string]: string;
            };
            /** @default false */
            signalsByEmail: boolean;
            /** Format: uri */
            url: string;
        };
        UnregisteredAgent: {
            attempts: number;
            bindingOptions: {
                /** @enum {string} */
                kind: "subject" | "client";
                problems: string[];
            }[];
            blocked: {
                at: components["schemas"]["Time"];
                by: components["schemas"]["PersonRef"] | null;
                reason: string;
            } | null;
            clientId: string | null;
            firstSeenAt: components["schemas"]["Time"];
            id: components["schemas"]["Id"];
            issuer: {
                id: components["schemas"]["Id"];
                name: string;
                profile: string;
                url: string;
            };
            lastMethod: string | null;
            lastSeenAt: components["schemas"]["Time"];
            lastServer: string | null;
            lastSource: string;
            lastTool: string | null;
            stoppedBySecurity: boolean;
            subject: string;
        };
    };
    responses: {
        /** @description What went wrong, and what to do next. */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "oauth.metadata": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        authorization_grant_profiles_supported: string[];
                        dpop_signing_alg_values_supported: string[];
                        grant_types_supported: string[];
                        issuer: string;
                        jwks_uri: string;
                        response_types_supported: string[];
                        scopes_supported: string[];
                        token_endpoint: string;
                        token_endpoint_auth_methods_supported: string[];
                        token_endpoint_auth_signing_alg_values_supported: string[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "signin.begin": {
        parameters: {
            query?: {
                provider?: "default" | components["schemas"]["Id"];
                returnTo?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the IdP, or back to the console with the reason why not. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "backchannellogout.end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    logout_token: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Whatever sessions there were have ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "signin.finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Back to the console, signed in or with the reason why not. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "signin.finishAt": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Back to the console, signed in or with the reason why not. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "signin.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: "default" | components["schemas"]["Id"];
                            label: string;
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "accessrequests.list": {
        parameters: {
            query?: {
                agentId?: components["schemas"]["Id"];
                mine?: "true" | "false";
                order?: "asc" | "desc";
                page?: number;
                perPage?: number;
                state?: "open" | "drafted" | "granted" | "rejected" | "withdrawn";
                toolId?: components["schemas"]["Id"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            agent: {
                                id: components["schemas"]["Id"];
                                name: string;
                                teamId: components["schemas"]["Id"];
                            };
                            canOwnerDraft: boolean;
                            decidedAt: components["schemas"]["Time"] | null;
                            decidedBy: components["schemas"]["PersonRef"] | null;
                            decisionNote: string | null;
                            draftedAt: components["schemas"]["Time"] | null;
                            draftedBy: components["schemas"]["PersonRef"] | null;
                            durationHours: number;
                            grant: {
                                endedAt: components["schemas"]["Time"] | null;
                                expiresAt: components["schemas"]["Time"];
                                policyId: components["schemas"]["Id"];
                                /** @enum {string} */
                                state: "in_review" | "active" | "archived" | "rejected";
                                versionId: components["schemas"]["Id"];
                            } | null;
                            id: components["schemas"]["Id"];
                            justification: string;
                            requestedAt: components["schemas"]["Time"];
                            requestedBy: components["schemas"]["PersonRef"];
                            requestedConstraints: string | null;
                            /** @enum {string} */
                            state: "open" | "drafted" | "granted" | "rejected" | "withdrawn";
                            tool: {
                                id: components["schemas"]["Id"];
                                name: string;
                                owner: components["schemas"]["PersonRef"];
                                server: string;
                                teamId: components["schemas"]["Id"];
                            };
                        }[];
                        total: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "accessrequests.request": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    agentId: components["schemas"]["Id"];
                    durationHours: number;
                    justification: components["schemas"]["Reason"];
                    /** @default null */
                    requestedConstraints?: components["schemas"]["Reason"] | null;
                    toolId: components["schemas"]["Id"];
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accessGrantText: string | null;
                        agent: {
                            id: components["schemas"]["Id"];
                            name: string;
                            teamId: components["schemas"]["Id"];
                        };
                        canOwnerDraft: boolean;
                        decidedAt: components["schemas"]["Time"] | null;
                        decidedBy: components["schemas"]["PersonRef"] | null;
                        decisionNote: string | null;
                        draftedAt: components["schemas"]["Time"] | null;
                        draftedBy: components["schemas"]["PersonRef"] | null;
                        durationHours: number;
                        grant: {
                            endedAt: components["schemas"]["Time"] | null;
                            expiresAt: components["schemas"]["Time"];
                            policyId: components["schemas"]["Id"];
                            /** @enum {string} */
                            state: "in_review" | "active" | "archived" | "rejected";
                            versionId: components["schemas"]["Id"];
                        } | null;
                        id: components["schemas"]["Id"];
                        justification: string;
                        requestedAt: components["schemas"]["Time"];
                        requestedBy: components["schemas"]["PersonRef"];
                        requestedConstraints: string | null;
                        /** @enum {string} */
                        state: "open" | "drafted" | "granted" | "rejected" | "withdrawn";
                        tool: {
                            id: components["schemas"]["Id"];
                            name: string;
                            owner: components["schemas"]["PersonRef"];
                            server: string;
                            teamId: components["schemas"]["Id"];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "accessrequests.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accessGrantText: string | null;
                        agent: {
                            id: components["schemas"]["Id"];
                            name: string;
                            teamId: components["schemas"]["Id"];
                        };
                        canOwnerDraft: boolean;
                        decidedAt: components["schemas"]["Time"] | null;
                        decidedBy: components["schemas"]["PersonRef"] | null;
                        decisionNote: string | null;
                        draftedAt: components["schemas"]["Time"] | null;
                        draftedBy: components["schemas"]["PersonRef"] | null;
                        durationHours: number;
                        grant: {
                            endedAt: components["schemas"]["Time"] | null;
                            expiresAt: components["schemas"]["Time"];
                            policyId: components["schemas"]["Id"];
                            /** @enum {string} */
                            state: "in_review" | "active" | "archived" | "rejected";
                            versionId: components["schemas"]["Id"];
                        } | null;
                        id: components["schemas"]["Id"];
                        justification: string;
                        requestedAt: components["schemas"]["Time"];
                        requestedBy: components["schemas"]["PersonRef"];
                        requestedConstraints: string | null;
                        /** @enum {string} */
                        state: "open" | "drafted" | "granted" | "rejected" | "withdrawn";
                        tool: {
                            id: components["schemas"]["Id"];
                            name: string;
                            owner: components["schemas"]["PersonRef"];
                            server: string;
                            teamId: components["schemas"]["Id"];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "accessrequests.draft": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    durationHours: number;
                    note: components["schemas"]["Reason"];
                    when: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accessGrantText: string | null;
                        agent: {
                            id: components["schemas"]["Id"];
                            name: string;
                            teamId: components["schemas"]["Id"];
                        };
                        canOwnerDraft: boolean;
                        decidedAt: components["schemas"]["Time"] | null;
                        decidedBy: components["schemas"]["PersonRef"] | null;
                        decisionNote: string | null;
                        draftedAt: components["schemas"]["Time"] | null;
                        draftedBy: components["schemas"]["PersonRef"] | null;
                        durationHours: number;
                        grant: {
                            endedAt: components["schemas"]["Time"] | null;
                            expiresAt: components["schemas"]["Time"];
                            policyId: components["schemas"]["Id"];
                            /** @enum {string} */
                            state: "in_review" | "active" | "archived" | "rejected";
                            versionId: components["schemas"]["Id"];
                        } | null;
                        id: components["schemas"]["Id"];
                        justification: string;
                        requestedAt: components["schemas"]["Time"];
                        requestedBy: components["schemas"]["PersonRef"];
                        requestedConstraints: string | null;
                        /** @enum {string} */
                        state: "open" | "drafted" | "granted" | "rejected" | "withdrawn";
                        tool: {
                            id: components["schemas"]["Id"];
                            name: string;
                            owner: components["schemas"]["PersonRef"];
                            server: string;
                            teamId: components["schemas"]["Id"];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "accessrequests.reject": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accessGrantText: string | null;
                        agent: {
                            id: components["schemas"]["Id"];
                            name: string;
                            teamId: components["schemas"]["Id"];
                        };
                        canOwnerDraft: boolean;
                        decidedAt: components["schemas"]["Time"] | null;
                        decidedBy: components["schemas"]["PersonRef"] | null;
                        decisionNote: string | null;
                        draftedAt: components["schemas"]["Time"] | null;
                        draftedBy: components["schemas"]["PersonRef"] | null;
                        durationHours: number;
                        grant: {
                            endedAt: components["schemas"]["Time"] | null;
                            expiresAt: components["schemas"]["Time"];
                            policyId: components["schemas"]["Id"];
                            /** @enum {string} */
                            state: "in_review" | "active" | "archived" | "rejected";
                            versionId: components["schemas"]["Id"];
                        } | null;
                        id: components["schemas"]["Id"];
                        justification: string;
                        requestedAt: components["schemas"]["Time"];
                        requestedBy: components["schemas"]["PersonRef"];
                        requestedConstraints: string | null;
                        /** @enum {string} */
                        state: "open" | "drafted" | "granted" | "rejected" | "withdrawn";
                        tool: {
                            id: components["schemas"]["Id"];
                            name: string;
                            owner: components["schemas"]["PersonRef"];
                            server: string;
                            teamId: components["schemas"]["Id"];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "accessrequests.withdraw": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accessGrantText: string | null;
                        agent: {
                            id: components["schemas"]["Id"];
                            name: string;
                            teamId: components["schemas"]["Id"];
                        };
                        canOwnerDraft: boolean;
                        decidedAt: components["schemas"]["Time"] | null;
                        decidedBy: components["schemas"]["PersonRef"] | null;
                        decisionNote: string | null;
                        draftedAt: components["schemas"]["Time"] | null;
                        draftedBy: components["schemas"]["PersonRef"] | null;
                        durationHours: number;
                        grant: {
                            endedAt: components["schemas"]["Time"] | null;
                            expiresAt: components["schemas"]["Time"];
                            policyId: components["schemas"]["Id"];
                            /** @enum {string} */
                            state: "in_review" | "active" | "archived" | "rejected";
                            versionId: components["schemas"]["Id"];
                        } | null;
                        id: components["schemas"]["Id"];
                        justification: string;
                        requestedAt: components["schemas"]["Time"];
                        requestedBy: components["schemas"]["PersonRef"];
                        requestedConstraints: string | null;
                        /** @enum {string} */
                        state: "open" | "drafted" | "granted" | "rejected" | "withdrawn";
                        tool: {
                            id: components["schemas"]["Id"];
                            name: string;
                            owner: components["schemas"]["PersonRef"];
                            server: string;
                            teamId: components["schemas"]["Id"];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "tokens.revoke": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: components["schemas"]["Reason"];
                    token: string;
                } | {
                    expiresAt: components["schemas"]["Time"];
                    /** Format: uri */
                    issuer: string;
                    reason: components["schemas"]["Reason"];
                    tokenId: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        expiresAt: components["schemas"]["Time"];
                        issuer: string;
                        tokenId: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "agents.list": {
        parameters: {
            query?: {
                expiring?: "true" | "false";
                order?: "asc" | "desc";
                orphaned?: "true" | "false";
                ownerId?: components["schemas"]["Id"];
                page?: number;
                perPage?: number;
                q?: string;
                riskTier?: components["schemas"]["RiskTier"];
                sort?: "name" | "state" | "riskTier" | "createdAt";
                state?: components["schemas"]["AgentState"];
                teamId?: components["schemas"]["Id"];
                unbound?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Agent"][];
                        total: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "agents.register": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterAgent"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "agents.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "agents.change": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    expiresAt?: components["schemas"]["Time"] | null;
                    inactiveAfterDays?: number | null;
                    purpose?: string;
                    riskTier?: components["schemas"]["RiskTier"];
                    tags?: string[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentDetail"];
                };
            };
            /** @description Nothing was changed yet: a second person must confirm it. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        proposedChange: {
                            expiresAt: components["schemas"]["Time"];
                            explanation: string;
                            id: components["schemas"]["Id"];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "agents.activate": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentDetail"];
                };
            };
            /** @description Nothing was changed yet: a second person must confirm it. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        proposedChange: {
                            expiresAt: components["schemas"]["Time"];
                            explanation: string;
                            id: components["schemas"]["Id"];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "bindings.bind": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BindAgent"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentDetail"];
                };
            };
            /** @description Nothing was changed yet: a second person must confirm it. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        proposedChange: {
                            expiresAt: components["schemas"]["Time"];
                            explanation: string;
                            id: components["schemas"]["Id"];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "bindings.unbind": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                bindingId: components["schemas"]["Id"];
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "agents.reassign": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ownerId: components["schemas"]["Id"];
                    reason: components["schemas"]["Reason"];
                    teamId: components["schemas"]["Id"];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentDetail"];
                };
            };
            /** @description Nothing was changed yet: a second person must confirm it. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        proposedChange: {
                            expiresAt: components["schemas"]["Time"];
                            explanation: string;
                            id: components["schemas"]["Id"];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "agents.retire": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "agents.revokeTokens": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "agentrights.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentRights"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "agents.suspend": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "alerts.list": {
        parameters: {
            query?: {
                kind?: "emergency_access" | "privileged_member" | "privileged_member_removed" | "one_role_holder_left" | "privileged_identity_linked" | "agent_orphaned" | "agent_suspended" | "binding_added" | "linking_attribute_changed" | "privileged_token_created" | "change_waits_alone" | "security_stop_released" | "signal_received" | "kill_switch_for_everything" | "issuer_changed" | "setup_code_used" | "setup_code_invalidated" | "decision_mismatch" | "rule_without_subject" | "tagged_by_rule" | "record_not_verified" | "tool_definition_changed";
                order?: "asc" | "desc";
                page?: number;
                perPage?: number;
                state?: "open" | "all";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            acknowledged: {
                                at: components["schemas"]["Time"];
                                by: components["schemas"]["Ref"] | null;
                                note: string;
                            } | null;
                            by: components["schemas"]["Ref"] | null;
                            canAcknowledge: boolean;
                            concerned: components["schemas"]["Ref"][];
                            concernedCount: number;
                            id: components["schemas"]["Id"];
                            /** @enum {string} */
                            kind: "emergency_access" | "privileged_member" | "privileged_member_removed" | "one_role_holder_left" | "privileged_identity_linked" | "agent_orphaned" | "agent_suspended" | "binding_added" | "linking_attribute_changed" | "privileged_token_created" | "change_waits_alone" | "security_stop_released" | "signal_received" | "kill_switch_for_everything" | "issuer_changed" | "setup_code_used" | "setup_code_invalidated" | "decision_mismatch" | "rule_without_subject" | "tagged_by_rule" | "record_not_verified" | "tool_definition_changed";
                            message: string;
                            raisedAt: components["schemas"]["Time"];
                            subject: {
                                id: string;
                                kind: string;
                            };
                        }[];
                        total: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "alerts.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        acknowledged: {
                            at: components["schemas"]["Time"];
                            by: components["schemas"]["Ref"] | null;
                            note: string;
                        } | null;
                        by: components["schemas"]["Ref"] | null;
                        canAcknowledge: boolean;
                        concerned: components["schemas"]["Ref"][];
                        concernedCount: number;
                        id: components["schemas"]["Id"];
                        /** @enum {string} */
                        kind: "emergency_access" | "privileged_member" | "privileged_member_removed" | "one_role_holder_left" | "privileged_identity_linked" | "agent_orphaned" | "agent_suspended" | "binding_added" | "linking_attribute_changed" | "privileged_token_created" | "change_waits_alone" | "security_stop_released" | "signal_received" | "kill_switch_for_everything" | "issuer_changed" | "setup_code_used" | "setup_code_invalidated" | "decision_mismatch" | "rule_without_subject" | "tagged_by_rule" | "record_not_verified" | "tool_definition_changed";
                        message: string;
                        raisedAt: components["schemas"]["Time"];
                        subject: {
                            id: string;
                            kind: string;
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "alerts.acknowledge": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        acknowledged: {
                            at: components["schemas"]["Time"];
                            by: components["schemas"]["Ref"] | null;
                            note: string;
                        } | null;
                        by: components["schemas"]["Ref"] | null;
                        canAcknowledge: boolean;
                        concerned: components["schemas"]["Ref"][];
                        concernedCount: number;
                        id: components["schemas"]["Id"];
                        /** @enum {string} */
                        kind: "emergency_access" | "privileged_member" | "privileged_member_removed" | "one_role_holder_left" | "privileged_identity_linked" | "agent_orphaned" | "agent_suspended" | "binding_added" | "linking_attribute_changed" | "privileged_token_created" | "change_waits_alone" | "security_stop_released" | "signal_received" | "kill_switch_for_everything" | "issuer_changed" | "setup_code_used" | "setup_code_invalidated" | "decision_mismatch" | "rule_without_subject" | "tagged_by_rule" | "record_not_verified" | "tool_definition_changed";
                        message: string;
                        raisedAt: components["schemas"]["Time"];
                        subject: {
                            id: string;
                            kind: string;
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "calls.list": {
        parameters: {
            query?: {
                agentId?: components["schemas"]["Id"];
                decision?: components["schemas"]["CallDecision"];
                from?: components["schemas"]["Time"];
                order?: "asc" | "desc";
                outcome?: components["schemas"]["CallOutcome"];
                page?: number;
                perPage?: number;
                personId?: components["schemas"]["Id"];
                rule?: string;
                server?: string;
                to?: components["schemas"]["Time"];
                toolId?: components["schemas"]["Id"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "calls.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "delegations.list": {
        parameters: {
            query?: {
                agentId?: components["schemas"]["Id"];
                order?: "asc" | "desc";
                page?: number;
                perPage?: number;
                personId?: components["schemas"]["Id"];
                state?: "active" | "expired" | "withdrawn";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            agent: components["schemas"]["Ref"];
                            createdAt: components["schemas"]["Time"];
                            expiresAt: components["schemas"]["Time"];
                            id: components["schemas"]["Id"];
                            person: components["schemas"]["PersonRef"];
                            purpose: string;
                            server: components["schemas"]["Ref"] | null;
                            /** @enum {string} */
                            state: "active" | "expired" | "withdrawn";
                            withdrawnAt: components["schemas"]["Time"] | null;
                        }[];
                        total: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "delegations.grant": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    agentId: components["schemas"]["Id"];
                    days: number;
                    purpose: string;
                    /** @default null */
                    serverId?: components["schemas"]["Id"] | null;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        agent: components["schemas"]["Ref"];
                        createdAt: components["schemas"]["Time"];
                        expiresAt: components["schemas"]["Time"];
                        id: components["schemas"]["Id"];
                        person: components["schemas"]["PersonRef"];
                        purpose: string;
                        server: components["schemas"]["Ref"] | null;
                        /** @enum {string} */
                        state: "active" | "expired" | "withdrawn";
                        withdrawnAt: components["schemas"]["Time"] | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "delegations.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        agent: components["schemas"]["Ref"];
                        createdAt: components["schemas"]["Time"];
                        expiresAt: components["schemas"]["Time"];
                        id: components["schemas"]["Id"];
                        person: components["schemas"]["PersonRef"];
                        purpose: string;
                        server: components["schemas"]["Ref"] | null;
                        /** @enum {string} */
                        state: "active" | "expired" | "withdrawn";
                        withdrawnAt: components["schemas"]["Time"] | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "delegations.revoke": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        agent: components["schemas"]["Ref"];
                        createdAt: components["schemas"]["Time"];
                        expiresAt: components["schemas"]["Time"];
                        id: components["schemas"]["Id"];
                        person: components["schemas"]["PersonRef"];
                        purpose: string;
                        server: components["schemas"]["Ref"] | null;
                        /** @enum {string} */
                        state: "active" | "expired" | "withdrawn";
                        withdrawnAt: components["schemas"]["Time"] | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "delegations.withdraw": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        agent: components["schemas"]["Ref"];
                        createdAt: components["schemas"]["Time"];
                        expiresAt: components["schemas"]["Time"];
                        id: components["schemas"]["Id"];
                        person: components["schemas"]["PersonRef"];
                        purpose: string;
                        server: components["schemas"]["Ref"] | null;
                        /** @enum {string} */
                        state: "active" | "expired" | "withdrawn";
                        withdrawnAt: components["schemas"]["Time"] | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "delegations.agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: components["schemas"]["Id"];
                            name: string;
                            purpose: string;
                            team: components["schemas"]["Ref"];
                        }[];
                        total: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "emergency.list": {
        parameters: {
            query?: {
                order?: "asc" | "desc";
                page?: number;
                perPage?: number;
                state?: "open" | "all";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            changes: {
                                command: string;
                                entryId: components["schemas"]["Id"];
                                id: components["schemas"]["Id"];
                                madeAt: components["schemas"]["Time"];
                                /** @enum {string} */
                                state: "ends" | "kept" | "ended";
                                subject: {
                                    id: string;
                                    kind: string;
                                    name: string;
                                };
                            }[];
                            endedAt: components["schemas"]["Time"] | null;
                            expiresAt: components["schemas"]["Time"];
                            id: components["schemas"]["Id"];
                            isOpen: boolean;
                            person: components["schemas"]["PersonRef"];
                            reason: string;
                            startedAt: components["schemas"]["Time"];
                        }[];
                        total: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "emergency.open": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    minutes: number;
                    reason: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        changes: {
                            command: string;
                            entryId: components["schemas"]["Id"];
                            id: components["schemas"]["Id"];
                            madeAt: components["schemas"]["Time"];
                            /** @enum {string} */
                            state: "ends" | "kept" | "ended";
                            subject: {
                                id: string;
                                kind: string;
                                name: string;
                            };
                        }[];
                        endedAt: components["schemas"]["Time"] | null;
                        expiresAt: components["schemas"]["Time"];
                        id: components["schemas"]["Id"];
                        isOpen: boolean;
                        person: components["schemas"]["PersonRef"];
                        reason: string;
                        startedAt: components["schemas"]["Time"];
                    };
                };
            };
            /** @description Nothing was changed yet: a second person must confirm it. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        proposedChange: {
                            expiresAt: components["schemas"]["Time"];
                            explanation: string;
                            id: components["schemas"]["Id"];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "emergency.keep": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                changeId: components["schemas"]["Id"];
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        changes: {
                            command: string;
                            entryId: components["schemas"]["Id"];
                            id: components["schemas"]["Id"];
                            madeAt: components["schemas"]["Time"];
                            /** @enum {string} */
                            state: "ends" | "kept" | "ended";
                            subject: {
                                id: string;
                                kind: string;
                                name: string;
                            };
                        }[];
                        endedAt: components["schemas"]["Time"] | null;
                        expiresAt: components["schemas"]["Time"];
                        id: components["schemas"]["Id"];
                        isOpen: boolean;
                        person: components["schemas"]["PersonRef"];
                        reason: string;
                        startedAt: components["schemas"]["Time"];
                    };
                };
            };
            /** @description Nothing was changed yet: a second person must confirm it. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        proposedChange: {
                            expiresAt: components["schemas"]["Time"];
                            explanation: string;
                            id: components["schemas"]["Id"];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "emergency.close": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        changes: {
                            command: string;
                            entryId: components["schemas"]["Id"];
                            id: components["schemas"]["Id"];
                            madeAt: components["schemas"]["Time"];
                            /** @enum {string} */
                            state: "ends" | "kept" | "ended";
                            subject: {
                                id: string;
                                kind: string;
                                name: string;
                            };
                        }[];
                        endedAt: components["schemas"]["Time"] | null;
                        expiresAt: components["schemas"]["Time"];
                        id: components["schemas"]["Id"];
                        isOpen: boolean;
                        person: components["schemas"]["PersonRef"];
                        reason: string;
                        startedAt: components["schemas"]["Time"];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "groupmappings.list": {
        parameters: {
            query?: {
                groupId?: components["schemas"]["Id"];
                order?: "asc" | "desc";
                page?: number;
                perPage?: number;
                role?: "it" | "security" | "grc" | "developer" | "office" | "emergency" | "owner";
                state?: "active" | "removed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            decidedAt: components["schemas"]["Time"];
                            decidedBy: components["schemas"]["PersonRef"] | null;
                            group: components["schemas"]["Ref"];
                            id: components["schemas"]["Id"];
                            memberCount: number;
                            proposedBy: components["schemas"]["PersonRef"] | null;
                            /** @enum {string} */
                            role: "it" | "security" | "grc" | "developer" | "office" | "emergency" | "owner";
                            /** @enum {string} */
                            state: "active" | "removed";
                        }[];
                        total: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "groupmappings.map": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    groupId: components["schemas"]["Id"];
                    reason: components["schemas"]["Reason"];
                    /** @enum {string} */
                    role: "it" | "security" | "grc" | "developer" | "office" | "emergency";
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        decidedAt: components["schemas"]["Time"];
                        decidedBy: components["schemas"]["PersonRef"] | null;
                        group: components["schemas"]["Ref"];
                        id: components["schemas"]["Id"];
                        memberCount: number;
                        proposedBy: components["schemas"]["PersonRef"] | null;
                        /** @enum {string} */
                        role: "it" | "security" | "grc" | "developer" | "office" | "emergency" | "owner";
                        /** @enum {string} */
                        state: "active" | "removed";
                    };
                };
            };
            /** @description Nothing was changed yet: a second person must confirm it. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        proposedChange: {
                            expiresAt: components["schemas"]["Time"];
                            explanation: string;
                            id: components["schemas"]["Id"];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "groupmappings.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        decidedAt: components["schemas"]["Time"];
                        decidedBy: components["schemas"]["PersonRef"] | null;
                        group: components["schemas"]["Ref"];
                        id: components["schemas"]["Id"];
                        memberCount: number;
                        proposedBy: components["schemas"]["PersonRef"] | null;
                        /** @enum {string} */
                        role: "it" | "security" | "grc" | "developer" | "office" | "emergency" | "owner";
                        /** @enum {string} */
                        state: "active" | "removed";
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "groupmappings.remove": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        decidedAt: components["schemas"]["Time"];
                        decidedBy: components["schemas"]["PersonRef"] | null;
                        group: components["schemas"]["Ref"];
                        id: components["schemas"]["Id"];
                        memberCount: number;
                        proposedBy: components["schemas"]["PersonRef"] | null;
                        /** @enum {string} */
                        role: "it" | "security" | "grc" | "developer" | "office" | "emergency" | "owner";
                        /** @enum {string} */
                        state: "active" | "removed";
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "groups.list": {
        parameters: {
            query?: {
                order?: "asc" | "desc";
                page?: number;
                perPage?: number;
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "groups.get": {
        parameters: {
            query?: {
                order?: "asc" | "desc";
                page?: number;
                perPage?: number;
            };
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "issuers.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuerPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "issuers.trust": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrustIssuer"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuerDetail"];
                };
            };
            /** @description Nothing was changed yet: a second person must confirm it. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        proposedChange: {
                            expiresAt: components["schemas"]["Time"];
                            explanation: string;
                            id: components["schemas"]["Id"];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "issuers.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuerDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "issuers.change": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeIssuer"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuerDetail"];
                };
            };
            /** @description Nothing was changed yet: a second person must confirm it. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        proposedChange: {
                            expiresAt: components["schemas"]["Time"];
                            explanation: string;
                            id: components["schemas"]["Id"];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "issuers.restore": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RestoreIssuer"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuerDetail"];
                };
            };
            /** @description Nothing was changed yet: a second person must confirm it. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        proposedChange: {
                            expiresAt: components["schemas"]["Time"];
                            explanation: string;
                            id: components["schemas"]["Id"];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "issuers.retire": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RetireIssuer"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuerDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "issuers.configure": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfigureSignIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuerDetail"];
                };
            };
            /** @description Nothing was changed yet: a second person must confirm it. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        proposedChange: {
                            expiresAt: components["schemas"]["Time"];
                            explanation: string;
                            id: components["schemas"]["Id"];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "issuers.remove": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuerDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "issuers.test": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestIssuer"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuerTest"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "killswitches.list": {
        parameters: {
            query?: {
                inForce?: "true" | "false";
                order?: "asc" | "desc";
                page?: number;
                perPage?: number;
                scope?: "tool" | "server" | "everything";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["KillSwitch"][];
                        total: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "killswitches.activate": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewKillSwitch"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KillSwitch"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "killswitches.release": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KillSwitch"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "audit.list": {
        parameters: {
            query?: {
                actorId?: string;
                callId?: components["schemas"]["Id"];
                chain?: components["schemas"]["Id"];
                from?: components["schemas"]["Time"];
                order?: "asc" | "desc";
                page?: number;
                perPage?: number;
                subjectId?: string;
                to?: components["schemas"]["Time"];
                type?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerEntryPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "audit.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerEntryDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "audit.verify": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerVerification"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "overview.get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "people.list": {
        parameters: {
            query?: {
                groupId?: components["schemas"]["Id"];
                order?: "asc" | "desc";
                page?: number;
                perPage?: number;
                q?: string;
                role?: components["schemas"]["Role"];
                state?: "active" | "inactive" | "all";
                teamId?: components["schemas"]["Id"];
                unconfirmed?: "true";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "people.add": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                    /** Format: uri */
                    issuer: string;
                    name: string;
                    subject: string;
                    teamIds: components["schemas"]["Id"][];
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "people.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "people.change": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email?: string;
                    name?: string;
                    teamIds?: components["schemas"]["Id"][];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "people.confirmIdentity": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uri */
                    issuer: string;
                    reason: components["schemas"]["Reason"];
                    subject: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonDetail"];
                };
            };
            /** @description Nothing was changed yet: a second person must confirm it. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        proposedChange: {
                            expiresAt: components["schemas"]["Time"];
                            explanation: string;
                            id: components["schemas"]["Id"];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "people.disable": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "people.enable": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonDetail"];
                };
            };
            /** @description Nothing was changed yet: a second person must confirm it. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        proposedChange: {
                            expiresAt: components["schemas"]["Time"];
                            explanation: string;
                            id: components["schemas"]["Id"];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "people.rejectIdentity": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uri */
                    issuer: string;
                    reason: components["schemas"]["Reason"];
                    subject: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "people.revoke": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "policies.list": {
        parameters: {
            query?: {
                kind?: "policy" | "access_grant";
                order?: "asc" | "desc";
                page?: number;
                perPage?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Policy"][];
                        total: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "policies.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "policies.validate": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    policyId?: components["schemas"]["Id"] | null;
                    text: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        problems: {
                            column: number;
                            line: number;
                            message: string;
                            rule: string | null;
                            /** @enum {string} */
                            severity: "error" | "warning";
                        }[];
                        ruleCount: number;
                        valid: boolean;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "policyversions.list": {
        parameters: {
            query?: {
                kind?: "policy" | "access_grant";
                order?: "asc" | "desc";
                page?: number;
                perPage?: number;
                policyId?: components["schemas"]["Id"];
                state?: "in_review" | "active" | "archived" | "rejected";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PolicyVersion"][];
                        total: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "policyversions.propose": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    basedOnId: components["schemas"]["Id"] | null;
                    note: components["schemas"]["Reason"];
                    policyId: components["schemas"]["Id"];
                    text: string;
                } | {
                    /** @default  */
                    description?: string;
                    name: string;
                    note: components["schemas"]["Reason"];
                    text: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyVersionDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "policyversions.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyVersionDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "policyversions.proposePublication": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyVersionDetail"];
                };
            };
            /** @description Nothing was changed yet: a second person must confirm it. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        proposedChange: {
                            expiresAt: components["schemas"]["Time"];
                            explanation: string;
                            id: components["schemas"]["Id"];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "policyversions.publish": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyVersionDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "policyversions.reject": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyVersionDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "policyversions.revoke": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyVersionDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "policyversions.deny": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    agentId: components["schemas"]["Id"];
                    reason: components["schemas"]["Reason"];
                    toolId: components["schemas"]["Id"];
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyVersionDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "proposedchanges.list": {
        parameters: {
            query?: {
                command?: string;
                order?: "asc" | "desc";
                page?: number;
                perPage?: number;
                state?: "open" | "to_confirm" | "all";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            aloneFrom: components["schemas"]["Time"] | null;
                            canConfirm: boolean;
                            command: string;
                            confirmers: {
                                people: components["schemas"]["PersonRef"][];
                                roles: ("it" | "security" | "grc" | "developer" | "office" | "emergency" | "owner")[];
                            };
                            decidedAt: components["schemas"]["Time"] | null;
                            decidedBy: components["schemas"]["PersonRef"] | null;
                            decisionNote: string | null;
                            expiresAt: components["schemas"]["Time"];
                            explanation: string;
                            id: components["schemas"]["Id"];
                            proposedAt: components["schemas"]["Time"];
                            proposedBy: components["schemas"]["PersonRef"] | null;
                            /** @enum {string} */
                            state: "open" | "expired" | "done" | "rejected" | "withdrawn";
                            subject: {
                                id: string;
                                kind: string;
                                name: string;
                            };
                            whyNotConfirm: string | null;
                        }[];
                        total: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "proposedchanges.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        aloneFrom: components["schemas"]["Time"] | null;
                        canConfirm: boolean;
                        command: string;
                        confirmers: {
                            people: components["schemas"]["PersonRef"][];
                            roles: ("it" | "security" | "grc" | "developer" | "office" | "emergency" | "owner")[];
                        };
                        decidedAt: components["schemas"]["Time"] | null;
                        decidedBy: components["schemas"]["PersonRef"] | null;
                        decisionNote: string | null;
                        effect: {
                            changes: components["schemas"]["__schema1"];
                            facts: {
                                [key: string]: components["schemas"]["__schema0"];
                            };
                            pairs: {
                                added: {
                                    items: {
                                        agent: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                        };
                                        tool: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                            server: string;
                                        };
                                    }[];
                                    total: number;
                                };
                                exposed: {
                                    items: {
                                        agent: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                        };
                                        tool: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                            server: string;
                                        };
                                    }[];
                                    total: number;
                                };
                                removed: {
                                    items: {
                                        agent: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                        };
                                        tool: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                            server: string;
                                        };
                                    }[];
                                    total: number;
                                };
                                widened: {
                                    items: {
                                        agent: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                        };
                                        tool: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                            server: string;
                                        };
                                    }[];
                                    total: number;
                                };
                            } | null;
                        } | null;
                        expiresAt: components["schemas"]["Time"];
                        explanation: string;
                        id: components["schemas"]["Id"];
                        proposedAt: components["schemas"]["Time"];
                        proposedBy: components["schemas"]["PersonRef"] | null;
                        reason: string | null;
                        /** @enum {string} */
                        state: "open" | "expired" | "done" | "rejected" | "withdrawn";
                        subject: {
                            id: string;
                            kind: string;
                            name: string;
                        };
                        whyNotConfirm: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "proposedchanges.confirm": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        aloneFrom: components["schemas"]["Time"] | null;
                        canConfirm: boolean;
                        command: string;
                        confirmers: {
                            people: components["schemas"]["PersonRef"][];
                            roles: ("it" | "security" | "grc" | "developer" | "office" | "emergency" | "owner")[];
                        };
                        decidedAt: components["schemas"]["Time"] | null;
                        decidedBy: components["schemas"]["PersonRef"] | null;
                        decisionNote: string | null;
                        effect: {
                            changes: components["schemas"]["__schema1"];
                            facts: {
                                [key: string]: components["schemas"]["__schema0"];
                            };
                            pairs: {
                                added: {
                                    items: {
                                        agent: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                        };
                                        tool: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                            server: string;
                                        };
                                    }[];
                                    total: number;
                                };
                                exposed: {
                                    items: {
                                        agent: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                        };
                                        tool: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                            server: string;
                                        };
                                    }[];
                                    total: number;
                                };
                                removed: {
                                    items: {
                                        agent: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                        };
                                        tool: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                            server: string;
                                        };
                                    }[];
                                    total: number;
                                };
                                widened: {
                                    items: {
                                        agent: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                        };
                                        tool: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                            server: string;
                                        };
                                    }[];
                                    total: number;
                                };
                            } | null;
                        } | null;
                        expiresAt: components["schemas"]["Time"];
                        explanation: string;
                        id: components["schemas"]["Id"];
                        proposedAt: components["schemas"]["Time"];
                        proposedBy: components["schemas"]["PersonRef"] | null;
                        reason: string | null;
                        /** @enum {string} */
                        state: "open" | "expired" | "done" | "rejected" | "withdrawn";
                        subject: {
                            id: string;
                            kind: string;
                            name: string;
                        };
                        whyNotConfirm: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "proposedchanges.reject": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        aloneFrom: components["schemas"]["Time"] | null;
                        canConfirm: boolean;
                        command: string;
                        confirmers: {
                            people: components["schemas"]["PersonRef"][];
                            roles: ("it" | "security" | "grc" | "developer" | "office" | "emergency" | "owner")[];
                        };
                        decidedAt: components["schemas"]["Time"] | null;
                        decidedBy: components["schemas"]["PersonRef"] | null;
                        decisionNote: string | null;
                        effect: {
                            changes: components["schemas"]["__schema1"];
                            facts: {
                                [key: string]: components["schemas"]["__schema0"];
                            };
                            pairs: {
                                added: {
                                    items: {
                                        agent: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                        };
                                        tool: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                            server: string;
                                        };
                                    }[];
                                    total: number;
                                };
                                exposed: {
                                    items: {
                                        agent: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                        };
                                        tool: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                            server: string;
                                        };
                                    }[];
                                    total: number;
                                };
                                removed: {
                                    items: {
                                        agent: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                        };
                                        tool: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                            server: string;
                                        };
                                    }[];
                                    total: number;
                                };
                                widened: {
                                    items: {
                                        agent: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                        };
                                        tool: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                            server: string;
                                        };
                                    }[];
                                    total: number;
                                };
                            } | null;
                        } | null;
                        expiresAt: components["schemas"]["Time"];
                        explanation: string;
                        id: components["schemas"]["Id"];
                        proposedAt: components["schemas"]["Time"];
                        proposedBy: components["schemas"]["PersonRef"] | null;
                        reason: string | null;
                        /** @enum {string} */
                        state: "open" | "expired" | "done" | "rejected" | "withdrawn";
                        subject: {
                            id: string;
                            kind: string;
                            name: string;
                        };
                        whyNotConfirm: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "proposedchanges.withdraw": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        aloneFrom: components["schemas"]["Time"] | null;
                        canConfirm: boolean;
                        command: string;
                        confirmers: {
                            people: components["schemas"]["PersonRef"][];
                            roles: ("it" | "security" | "grc" | "developer" | "office" | "emergency" | "owner")[];
                        };
                        decidedAt: components["schemas"]["Time"] | null;
                        decidedBy: components["schemas"]["PersonRef"] | null;
                        decisionNote: string | null;
                        effect: {
                            changes: components["schemas"]["__schema1"];
                            facts: {
                                [key: string]: components["schemas"]["__schema0"];
                            };
                            pairs: {
                                added: {
                                    items: {
                                        agent: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                        };
                                        tool: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                            server: string;
                                        };
                                    }[];
                                    total: number;
                                };
                                exposed: {
                                    items: {
                                        agent: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                        };
                                        tool: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                            server: string;
                                        };
                                    }[];
                                    total: number;
                                };
                                removed: {
                                    items: {
                                        agent: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                        };
                                        tool: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                            server: string;
                                        };
                                    }[];
                                    total: number;
                                };
                                widened: {
                                    items: {
                                        agent: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                        };
                                        tool: {
                                            id: components["schemas"]["Id"];
                                            name: string;
                                            server: string;
                                        };
                                    }[];
                                    total: number;
                                };
                            } | null;
                        } | null;
                        expiresAt: components["schemas"]["Time"];
                        explanation: string;
                        id: components["schemas"]["Id"];
                        proposedAt: components["schemas"]["Time"];
                        proposedBy: components["schemas"]["PersonRef"] | null;
                        reason: string | null;
                        /** @enum {string} */
                        state: "open" | "expired" | "done" | "rejected" | "withdrawn";
                        subject: {
                            id: string;
                            kind: string;
                            name: string;
                        };
                        whyNotConfirm: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "roles.matrix": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            groups: components["schemas"]["Ref"][];
                            holderCount: number;
                            holders: {
                                assignedBy: components["schemas"]["Ref"] | null;
                                expiresAt: components["schemas"]["Time"] | null;
                                group: components["schemas"]["Ref"] | null;
                                isCoolingOff: boolean;
                                person: components["schemas"]["PersonRef"];
                                since: components["schemas"]["Time"];
                                /** @enum {string} */
                                via: "assignment" | "group" | "emergency";
                            }[];
                            rights: string[];
                            /** @enum {string} */
                            role: "it" | "security" | "grc" | "developer" | "office" | "emergency" | "owner";
                        }[];
                        total: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "roles.assign": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    personId: components["schemas"]["Id"];
                    reason: components["schemas"]["Reason"];
                    /** @enum {string} */
                    role: "it" | "security" | "grc" | "developer" | "office" | "emergency";
                };
            };
        };
        responses: {
            /** @description Nothing was changed yet: a second person must confirm it. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        proposedChange: {
                            expiresAt: components["schemas"]["Time"];
                            explanation: string;
                            id: components["schemas"]["Id"];
                        };
                    };
                };
            };
            /** @description They have the role, at once. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "roles.withdraw": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    personId: components["schemas"]["Id"];
                    reason: components["schemas"]["Reason"];
                    /** @enum {string} */
                    role: "it" | "security" | "grc" | "developer" | "office" | "emergency" | "owner";
                };
            };
        };
        responses: {
            /** @description They do not have the role by assignment any more, at once. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    "scimconnections.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScimConnectionPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "scimconnections.register": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterScimConnection"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScimConnection"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "scimconnections.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScimConnection"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "scimconnections.change": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeScimConnection"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScimConnection"];
                };
            };
            /** @description Nothing was changed yet: a second person must confirm it. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        proposedChange: {
                            expiresAt: components["schemas"]["Time"];
                            explanation: string;
                            id: components["schemas"]["Id"];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "scimconnections.create": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateScimToken"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewScimToken"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "scimconnections.revoke": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
                tokenId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevokeScimToken"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScimConnection"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "scimconnections.rotate": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
                tokenId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RotateScimToken"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewScimToken"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "session.get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "signout.everywhere": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        redirectTo: string;
                        sessionsEnded: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "setup.get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        csrfToken: string | null;
                        identity: {
                            email: string | null;
                            name: string | null;
                        } | null;
                        isOpen: boolean;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "setup.claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        signInUrl: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "signout.here": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        redirectTo: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "signals.list": {
        parameters: {
            query?: {
                order?: "asc" | "desc";
                page?: number;
                perPage?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            audience: string;
                            createdAt: components["schemas"]["Time"];
                            /** @enum {string} */
                            delivery: "push" | "poll";
                            enabled: boolean;
                            id: components["schemas"]["Id"];
                            issuer: {
                                id: components["schemas"]["Id"];
                                name: string;
                                url: string;
                            };
                            lastError: string | null;
                            lastPolledAt: components["schemas"]["Time"] | null;
                            lastReceivedAt: components["schemas"]["Time"] | null;
                            pollUrl: string | null;
                        }[];
                        total: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "signals.register": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    audience: string;
                    /** @enum {string} */
                    delivery: "push" | "poll";
                    issuerId: components["schemas"]["Id"];
                    /** @default null */
                    pollToken?: string | null;
                    /** @default null */
                    pollUrl?: string | null;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        audience: string;
                        createdAt: components["schemas"]["Time"];
                        /** @enum {string} */
                        delivery: "push" | "poll";
                        enabled: boolean;
                        id: components["schemas"]["Id"];
                        issuer: {
                            id: components["schemas"]["Id"];
                            name: string;
                            url: string;
                        };
                        lastError: string | null;
                        lastPolledAt: components["schemas"]["Time"] | null;
                        lastReceivedAt: components["schemas"]["Time"] | null;
                        pollUrl: string | null;
                        pushUrl: string;
                        signals: {
                            agents: components["schemas"]["Ref"][];
                            /** @enum {string} */
                            effect: "revoked" | "alerted" | "ignored" | "unknown_subject";
                            eventType: string;
                            id: components["schemas"]["Id"];
                            person: components["schemas"]["Ref"] | null;
                            receivedAt: components["schemas"]["Time"];
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "signals.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        audience: string;
                        createdAt: components["schemas"]["Time"];
                        /** @enum {string} */
                        delivery: "push" | "poll";
                        enabled: boolean;
                        id: components["schemas"]["Id"];
                        issuer: {
                            id: components["schemas"]["Id"];
                            name: string;
                            url: string;
                        };
                        lastError: string | null;
                        lastPolledAt: components["schemas"]["Time"] | null;
                        lastReceivedAt: components["schemas"]["Time"] | null;
                        pollUrl: string | null;
                        pushUrl: string;
                        signals: {
                            agents: components["schemas"]["Ref"][];
                            /** @enum {string} */
                            effect: "revoked" | "alerted" | "ignored" | "unknown_subject";
                            eventType: string;
                            id: components["schemas"]["Id"];
                            person: components["schemas"]["Ref"] | null;
                            receivedAt: components["schemas"]["Time"];
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "signals.change": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    enabled?: boolean;
                    pollToken?: string;
                    /** Format: uri */
                    pollUrl?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        audience: string;
                        createdAt: components["schemas"]["Time"];
                        /** @enum {string} */
                        delivery: "push" | "poll";
                        enabled: boolean;
                        id: components["schemas"]["Id"];
                        issuer: {
                            id: components["schemas"]["Id"];
                            name: string;
                            url: string;
                        };
                        lastError: string | null;
                        lastPolledAt: components["schemas"]["Time"] | null;
                        lastReceivedAt: components["schemas"]["Time"] | null;
                        pollUrl: string | null;
                        pushUrl: string;
                        signals: {
                            agents: components["schemas"]["Ref"][];
                            /** @enum {string} */
                            effect: "revoked" | "alerted" | "ignored" | "unknown_subject";
                            eventType: string;
                            id: components["schemas"]["Id"];
                            person: components["schemas"]["Ref"] | null;
                            receivedAt: components["schemas"]["Time"];
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "signals.retire": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        audience: string;
                        createdAt: components["schemas"]["Time"];
                        /** @enum {string} */
                        delivery: "push" | "poll";
                        enabled: boolean;
                        id: components["schemas"]["Id"];
                        issuer: {
                            id: components["schemas"]["Id"];
                            name: string;
                            url: string;
                        };
                        lastError: string | null;
                        lastPolledAt: components["schemas"]["Time"] | null;
                        lastReceivedAt: components["schemas"]["Time"] | null;
                        pollUrl: string | null;
                        pushUrl: string;
                        signals: {
                            agents: components["schemas"]["Ref"][];
                            /** @enum {string} */
                            effect: "revoked" | "alerted" | "ignored" | "unknown_subject";
                            eventType: string;
                            id: components["schemas"]["Id"];
                            person: components["schemas"]["Ref"] | null;
                            receivedAt: components["schemas"]["Time"];
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "tokens.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            algorithm: string;
                            createdAt: components["schemas"]["Time"];
                            id: components["schemas"]["Id"];
                            isSigning: boolean;
                            publishedUntil: components["schemas"]["Time"];
                            signsFrom: components["schemas"]["Time"];
                            signsUntil: components["schemas"]["Time"];
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "tokens.rotate": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default false */
                    compromised?: boolean;
                    reason: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            algorithm: string;
                            createdAt: components["schemas"]["Time"];
                            id: components["schemas"]["Id"];
                            isSigning: boolean;
                            publishedUntil: components["schemas"]["Time"];
                            signsFrom: components["schemas"]["Time"];
                            signsUntil: components["schemas"]["Time"];
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "teams.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "teams.add": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @default null */
                    orphanOwnerId?: components["schemas"]["Id"] | null;
                    /**
                     * @default suspend
                     * @enum {string}
                     */
                    orphanRule?: "flag" | "reassign" | "suspend";
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "teams.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "teams.change": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    orphanOwnerId?: components["schemas"]["Id"] | null;
                    /** @enum {string} */
                    orphanRule?: "flag" | "reassign" | "suspend";
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "toolservers.list": {
        parameters: {
            query?: {
                kind?: "mcp" | "rest";
                order?: "asc" | "desc";
                page?: number;
                perPage?: number;
                q?: string;
                state?: "discovering" | "ready" | "failed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ToolServer"][];
                        total: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "toolservers.register": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    kind: "mcp" | "rest";
                    name: string;
                    /** Format: uri */
                    openapiUrl?: string;
                    ownerId: components["schemas"]["Id"];
                    slug: string;
                    teamId: components["schemas"]["Id"];
                    /** Format: uri */
                    url: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToolServerDetail"];
                };
            };
            /** @description Nothing was changed yet: a second person must confirm it. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        proposedChange: {
                            expiresAt: components["schemas"]["Time"];
                            explanation: string;
                            id: components["schemas"]["Id"];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "toolservers.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToolServerDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "toolservers.setChangedDefinitions": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    onChangedDefinition: "block" | "keep";
                    reason: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToolServerDetail"];
                };
            };
            /** @description Nothing was changed yet: a second person must confirm it. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        proposedChange: {
                            expiresAt: components["schemas"]["Time"];
                            explanation: string;
                            id: components["schemas"]["Id"];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "toolservers.refreshTools": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uri */
                    openapiUrl?: string;
                    reason: components["schemas"]["Reason"];
                    /** Format: uri */
                    url?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToolServerDetail"];
                };
            };
            /** @description Nothing was changed yet: a second person must confirm it. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        proposedChange: {
                            expiresAt: components["schemas"]["Time"];
                            explanation: string;
                            id: components["schemas"]["Id"];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "toolservers.takeOver": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: components["schemas"]["Reason"];
                    tools: {
                        definitionDigest: string;
                        id: components["schemas"]["Id"];
                    }[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToolServerDetail"];
                };
            };
            /** @description Nothing was changed yet: a second person must confirm it. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        proposedChange: {
                            expiresAt: components["schemas"]["Time"];
                            explanation: string;
                            id: components["schemas"]["Id"];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "toolservertest.test": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    kind: "mcp" | "rest";
                    /** Format: uri */
                    openapiUrl?: string;
                    slug?: string;
                    /** Format: uri */
                    url: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        leftOut: {
                            name: string;
                            reason: string;
                        }[];
                        leftOutCount: number;
                        ok: boolean;
                        problem: string | null;
                        protocolVersion: string | null;
                        serverName: string | null;
                        serverVersion: string | null;
                        toolCount: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "tools.list": {
        parameters: {
            query?: {
                classification?: components["schemas"]["Classification"];
                classified?: "yes" | "no";
                order?: "asc" | "desc";
                page?: number;
                perPage?: number;
                q?: string;
                serverId?: components["schemas"]["Id"];
                state?: "pinned" | "changed" | "new" | "removed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Tool"][];
                        total: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "tools.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToolDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "tools.classify": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    classification: components["schemas"]["Classification"];
                    reason: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToolDetail"];
                };
            };
            /** @description Nothing was changed yet: a second person must confirm it. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        proposedChange: {
                            expiresAt: components["schemas"]["Time"];
                            explanation: string;
                            id: components["schemas"]["Id"];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "unregistered.list": {
        parameters: {
            query?: {
                blocked?: "true" | "false";
                issuerId?: components["schemas"]["Id"];
                order?: "asc" | "desc";
                page?: number;
                perPage?: number;
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["UnregisteredAgent"][];
                        total: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "unregistered.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnregisteredAgent"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "unregistered.block": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnregisteredAgent"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "unregistered.register": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterUnregisteredAgent"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentDetail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "unregistered.unblock": {
        parameters: {
            query?: never;
            header: {
                "X-CSRF-Token": string;
            };
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnregisteredAgent"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "health.live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Live"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "health.ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ready"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "oauth.keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        keys: {
                            /** @enum {string} */
                            alg: "ES256";
                            /** @enum {string} */
                            crv: "P-256";
                            kid: string;
                            /** @enum {string} */
                            kty: "EC";
                            /** @enum {string} */
                            use: "sig";
                            x: string;
                            y: string;
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "oauth.token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        access_token: string;
                        expires_in: number;
                        /** @enum {string} */
                        issued_token_type: "urn:ietf:params:oauth:token-type:access_token";
                        scope: string;
                        /** @enum {string} */
                        token_type: "Bearer" | "DPoP";
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "push.receive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": string;
            };
        };
        responses: {
            /** @description The event is accepted, and what it revokes is revoked. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
}
