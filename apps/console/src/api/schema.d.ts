// Generated from docs/openapi.json by tools/generated.mjs; not for editing.

export interface paths {
    "/api/agents": {
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
    "/api/agents/{id}": {
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
        patch?: never;
        trace?: never;
    };
    "/api/agents/{id}/activate": {
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
    "/api/agents/{id}/bindings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["agents.bind"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agents/{id}/rights": {
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
    "/api/agents/{id}/suspend": {
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
    "/api/calls": {
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
    "/api/calls/{id}": {
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
    "/api/issuers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["people.issuers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ledger-entries": {
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
    "/api/ledger-entries/{id}": {
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
    "/api/ledger-verifications": {
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
    "/api/overview": {
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
    "/api/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["people.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policies": {
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
    "/api/policies/{id}": {
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
    "/api/policies/validate": {
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
    "/api/policy-versions": {
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
    "/api/policy-versions/{id}": {
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
    "/api/policy-versions/{id}/publish": {
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
    "/api/policy-versions/{id}/reject": {
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
    "/api/policy-versions/denials": {
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
    "/api/session": {
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
    "/api/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["signin.signOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["people.teams"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tool-servers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["catalog.listServers"];
        put?: never;
        post: operations["catalog.register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tool-servers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["catalog.getServer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tool-servers/{id}/discovery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["catalog.discover"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["catalog.listTools"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["catalog.getTool"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools/{id}/classification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["catalog.classify"];
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
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Agent: {
            callsLast24h: number;
            createdAt: components["schemas"]["Time"];
            id: components["schemas"]["Id"];
            lastCallAt: components["schemas"]["Time"] | null;
            name: string;
            owner: components["schemas"]["PersonRef"];
            purpose: string;
            refusalsLast24h: number;
            riskTier: components["schemas"]["RiskTier"];
            state: components["schemas"]["AgentState"];
            stateReason: string | null;
            tags: string[];
            team: components["schemas"]["Ref"];
            updatedAt: components["schemas"]["Time"];
        };
        AgentDetail: {
            bindings: {
                createdAt: components["schemas"]["Time"];
                id: components["schemas"]["Id"];
                issuer: {
                    id: components["schemas"]["Id"];
                    name: string;
                    url: string;
                };
                /** @enum {string} */
                kind: "subject";
                subject: string;
            }[];
            callsLast24h: number;
            createdAt: components["schemas"]["Time"];
            id: components["schemas"]["Id"];
            lastCallAt: components["schemas"]["Time"] | null;
            name: string;
            owner: components["schemas"]["PersonRef"];
            purpose: string;
            refusalsLast24h: number;
            riskTier: components["schemas"]["RiskTier"];
            state: components["schemas"]["AgentState"];
            stateReason: string | null;
            tags: string[];
            team: components["schemas"]["Ref"];
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
        Call: {
            agent: components["schemas"]["Ref"];
            asked: {
                server: string | null;
                tool: string;
            } | null;
            at: components["schemas"]["Time"];
            code: string;
            decision: components["schemas"]["CallDecision"];
            /** @enum {string} */
            door: "mcp" | "rest";
            durationMs: number | null;
            id: components["schemas"]["Id"];
            method: ("tools/call" | "tools/list" | "tool-calls/get" | "initialize" | "server/discover" | "ping" | "other") | null;
            outcome: components["schemas"]["CallOutcome"] | null;
            reason: string | null;
            rule: string | null;
            server: string | null;
            tool: string | null;
            toolId: components["schemas"]["Id"] | null;
        };
        /** @enum {string} */
        CallDecision: "allow" | "deny" | "hold" | "refused";
        CallDetail: {
            agent: components["schemas"]["Ref"];
            argumentNames: string[];
            asked: {
                server: string | null;
                tool: string;
            } | null;
            at: components["schemas"]["Time"];
            binding: {
                id: components["schemas"]["Id"];
                issuer: string;
                subject: string;
            } | null;
            code: string;
            considered: {
                decided: boolean;
                /** @enum {string} */
                effect: "allow" | "deny" | "hold";
                policy: string;
                /** @enum {string} */
                result: "true" | "false" | "unknown";
                rule: string;
                why: string;
            }[];
            decision: components["schemas"]["CallDecision"];
            /** @enum {string} */
            door: "mcp" | "rest";
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
            id: components["schemas"]["Id"];
            method: ("tools/call" | "tools/list" | "tool-calls/get" | "initialize" | "server/discover" | "ping" | "other") | null;
            outcome: components["schemas"]["CallOutcome"] | null;
            policyVersion: {
                id: components["schemas"]["Id"];
                number: number;
                policy: components["schemas"]["Ref"];
            } | null;
            reason: string | null;
            remedy: string | null;
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
        /** @enum {string} */
        Classification: "read" | "write" | "destructive";
        /**
         * Format: uuid
         * @description A UUID.
         */
        Id: string;
        Issuer: {
            algorithms: string[];
            audience: string;
            clockToleranceSeconds: number;
            id: components["schemas"]["Id"];
            name: string;
            profile: string;
            url: string;
        };
        IssuerPage: {
            items: components["schemas"]["Issuer"][];
            total: number;
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
            hashHolds: boolean;
            id: components["schemas"]["Id"];
            payloads: {
                content: unknown;
                digestHolds: boolean;
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
            first: {
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
                refused: number;
            }[];
            callsLast24h: {
                allow: number;
                deny: number;
                refused: number;
            };
            changesToday: {
                actor: string;
                at: components["schemas"]["Time"];
                id: components["schemas"]["Id"];
                outcome: string;
                subject: string | null;
                type: string;
            }[] | null;
            inReview: number | null;
            ledger: {
                entries: number;
                lastVerification: {
                    at: components["schemas"]["Time"];
                    entries: number;
                    ok: boolean;
                } | null;
            } | null;
            newestRefusals: components["schemas"]["Call"][];
            toolServers: {
                discovering: number;
                failed: number;
                ready: number;
            } | null;
            unidentifiedLast24h: {
                count: number;
                reason: string;
            }[] | null;
        };
        Person: {
            createdAt: components["schemas"]["Time"];
            email: string;
            id: components["schemas"]["Id"];
            name: string;
            roles: components["schemas"]["Role"][];
            teams: components["schemas"]["Ref"][];
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
            name: string;
            ruleCount: number;
        };
        PolicyDetail: {
            active: components["schemas"]["PolicyVersion"] | null;
            createdAt: components["schemas"]["Time"];
            description: string;
            id: components["schemas"]["Id"];
            inReviewCount: number;
            name: string;
            ruleCount: number;
            text: string | null;
        };
        PolicyVersion: {
            decidedAt: components["schemas"]["Time"] | null;
            decidedBy: components["schemas"]["PersonRef"] | null;
            decidedNote: string | null;
            id: components["schemas"]["Id"];
            note: string;
            number: number;
            policy: components["schemas"]["Ref"];
            proposedAt: components["schemas"]["Time"];
            proposedBy: components["schemas"]["PersonRef"] | null;
            /** @enum {string} */
            state: "in_review" | "active" | "archived" | "rejected";
        };
        PolicyVersionDetail: {
            basedOn: {
                id: components["schemas"]["Id"];
                number: number;
                text: string;
            } | null;
            decidedAt: components["schemas"]["Time"] | null;
            decidedBy: components["schemas"]["PersonRef"] | null;
            decidedNote: string | null;
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
            note: string;
            number: number;
            policy: components["schemas"]["Ref"];
            proposedAt: components["schemas"]["Time"];
            proposedBy: components["schemas"]["PersonRef"] | null;
            publishable: boolean;
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
        /** @enum {string} */
        RiskTier: "low" | "medium" | "high";
        /** @enum {string} */
        Role: "it" | "security" | "grc" | "developer" | "office";
        Session: {
            csrfToken: string;
            expiresAt: components["schemas"]["Time"];
            idleSeconds: number;
            person: {
                email: string;
                id: components["schemas"]["Id"];
                name: string;
                roles: components["schemas"]["Role"][];
                teams: components["schemas"]["Ref"][];
            };
            rules: unknown[][];
            sandbox: boolean;
        };
        TeamPage: {
            items: components["schemas"]["Ref"][];
            total: number;
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
            pinnedAt: components["schemas"]["Time"];
            server: {
                id: components["schemas"]["Id"];
                name: string;
                slug: string;
            };
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
            id: components["schemas"]["Id"];
            inputSchema: {
                [key: string]: unknown;
            };
            name: string;
            operation: {
                [key: string]: unknown;
            } | null;
            pinnedAt: components["schemas"]["Time"];
            server: {
                id: components["schemas"]["Id"];
                name: string;
                slug: string;
            };
            title: string | null;
        };
        ToolServer: {
            createdAt: components["schemas"]["Time"];
            id: components["schemas"]["Id"];
            /** @enum {string} */
            kind: "mcp" | "rest";
            name: string;
            owner: components["schemas"]["PersonRef"];
            slug: string;
            /** @enum {string} */
            state: "discovering" | "ready" | "failed";
            stateReason: string | null;
            team: components["schemas"]["Ref"];
            toolCount: number;
            url: string;
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
    "agents.list": {
        parameters: {
            query?: {
                order?: "asc" | "desc";
                ownerId?: components["schemas"]["Id"];
                page?: number;
                perPage?: number;
                q?: string;
                riskTier?: components["schemas"]["RiskTier"];
                sort?: "name" | "state" | "riskTier" | "createdAt";
                state?: components["schemas"]["AgentState"];
                teamId?: components["schemas"]["Id"];
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
                "application/json": {
                    name: string;
                    ownerId: components["schemas"]["Id"];
                    purpose: string;
                    riskTier: components["schemas"]["RiskTier"];
                    /** @default [] */
                    tags?: string[];
                    teamId: components["schemas"]["Id"];
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
            default: components["responses"]["Problem"];
        };
    };
    "agents.bind": {
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
                    issuerId: components["schemas"]["Id"];
                    subject: string;
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
    "people.issuers": {
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
                order?: "asc" | "desc";
                page?: number;
                perPage?: number;
                q?: string;
                role?: components["schemas"]["Role"];
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
    "policies.list": {
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
    "signin.begin": {
        parameters: {
            query?: {
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
    "signin.signOut": {
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
    "people.teams": {
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
    "catalog.listServers": {
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
    "catalog.register": {
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
                    "application/json": components["schemas"]["ToolServer"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "catalog.getServer": {
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
                    "application/json": components["schemas"]["ToolServer"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "catalog.discover": {
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
                    "application/json": components["schemas"]["ToolServer"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    "catalog.listTools": {
        parameters: {
            query?: {
                classification?: components["schemas"]["Classification"];
                classified?: "yes" | "no";
                order?: "asc" | "desc";
                page?: number;
                perPage?: number;
                q?: string;
                serverId?: components["schemas"]["Id"];
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
    "catalog.getTool": {
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
    "catalog.classify": {
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
}
