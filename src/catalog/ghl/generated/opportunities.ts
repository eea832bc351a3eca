// Made by scripts/generate.ts from openapi/ghl: change those files, then run it again.
export interface paths {
    "/opportunities/": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a new opportunity */
        post: operations["create-opportunity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/opportunities/{id}": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the opportunity. */
                id: components["parameters"]["OpportunityId"];
            };
            cookie?: never;
        };
        /** Read one opportunity */
        get: operations["get-opportunity"];
        /**
         * Change fields of an opportunity
         * @description Its contact and sub-account can't be changed.
         */
        put: operations["update-opportunity"];
        post?: never;
        /** Remove an opportunity */
        delete: operations["delete-opportunity"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/opportunities/{id}/status": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the opportunity. */
                id: components["parameters"]["OpportunityId"];
            };
            cookie?: never;
        };
        get?: never;
        /** Win, lose, drop or open an opportunity again */
        put: operations["update-opportunity-status"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/opportunities/upsert": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make an opportunity, or change the one with this id */
        post: operations["Upsert-opportunity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/opportunities/search": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path?: never;
            cookie?: never;
        };
        /**
         * Find opportunities by what the address names
         * @description Most names have underscores here, unlike anywhere else in the API.
         */
        get: operations["search-opportunity"];
        put?: never;
        /**
         * Find opportunities by a body
         * @description Every property is required.
         */
        post: operations["search-opportunities-advanced"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/opportunities/{id}/followers": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the opportunity. */
                id: components["parameters"]["OpportunityId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let users follow an opportunity */
        post: operations["add-followers-opportunity"];
        /**
         * Let users stop following an opportunity
         * @description The body is required, although the method is DELETE.
         */
        delete: operations["remove-followers-opportunity"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/opportunities/pipelines": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path?: never;
            cookie?: never;
        };
        /** List pipelines with their stages */
        get: operations["get-pipelines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/opportunities/lost-reason": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path?: never;
            cookie?: never;
        };
        /** List the reasons for losing */
        get: operations["get-lost-reason"];
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
        NewOpportunity: {
            /** @description Sub-account of pipeline and contact. */
            locationId: string;
            /** @description Id of the pipeline. */
            pipelineId: string;
            /** @description Id of the stage of that pipeline. */
            pipelineStageId?: string;
            contactId: string;
            /** @description What the pipeline shows. */
            name: string;
            status: components["schemas"]["Status"];
            /** @description What it is worth. */
            monetaryValue?: number;
            /** @description Id of the user in charge. */
            assignedTo?: string;
            customFields?: components["schemas"]["CustomFieldsIn"];
        };
        OpportunityChange: {
            pipelineId?: string;
            pipelineStageId?: string;
            name?: string;
            status?: components["schemas"]["Status"];
            monetaryValue?: number;
            /** @description Id of the user in charge. */
            assignedTo?: string;
            customFields?: components["schemas"]["CustomFieldsIn"];
        };
        OpportunityUpsert: {
            /** @description Of the opportunity to change; none makes a new one. */
            id?: string;
            /** @description Sub-account to look in and to write to. */
            locationId: string;
            pipelineId: string;
            pipelineStageId?: string;
            name?: string;
            status?: components["schemas"]["Status"];
            lostReasonId?: string;
            monetaryValue?: number;
            /** @description Id of the user in charge. */
            assignedTo?: string;
            followers: components["schemas"]["UserIds"];
            /** @description Whether everyone leaves. */
            isRemoveAllFollowers: boolean;
            /**
             * @description Whether these followers come or go.
             * @enum {string}
             */
            followersActionType: "add" | "remove";
        };
        StatusChange: {
            status: components["schemas"]["Status"];
            /** @description Why it was lost; ids come from get-lost-reason. */
            lostReasonId?: string;
        };
        /**
         * @description How the opportunity stands.
         * @enum {string}
         */
        Status: "open" | "won" | "lost" | "abandoned" | "all";
        OpportunitySearch: {
            /** @description Sub-account to look in. */
            locationId: string;
            /** @description Free text to look for. */
            query: string;
            /** @description Opportunities on a page. */
            limit: number;
            /** @description Number of the page. */
            page: number;
            /** @description Where to go on. */
            searchAfter: string[];
            /** @description What to bring along for each contact. */
            additionalDetails: {
                notes: boolean;
                tasks: boolean;
                calendarEvents: boolean;
                unReadConversations: boolean;
            };
        };
        /** @description Fields that are not named keep their values. */
        CustomFieldsIn: components["schemas"]["CustomFieldIn"][];
        CustomFieldIn: {
            /** @description Id of the field; either this or the key. */
            id?: string;
            /** @description Name of the field; either this or the id. */
            key?: string;
            /** @description Text, a list, or a map. */
            field_value?: string | string[] | {
                [key: string]: unknown;
            };
        };
        Followers: {
            followers: components["schemas"]["UserIds"];
        };
        /** @description Ids of users. */
        UserIds: string[];
        Opportunity: {
            id?: string;
            locationId?: string;
            pipelineId?: string;
            pipelineStageId?: string;
            contactId?: string;
            contact?: components["schemas"]["ContactCard"];
            name?: string;
            status?: string;
            lostReasonId?: string;
            monetaryValue?: number;
            source?: string;
            assignedTo?: string;
            customFields?: components["schemas"]["CustomField"][];
            createdAt?: string;
            updatedAt?: string;
            lastStatusChangeAt?: string;
            lastStageChangeAt?: string;
            lastActionDate?: string;
            indexVersion?: string;
            externalObjectId?: string;
            notes?: unknown[];
            tasks?: unknown[];
            calendarEvents?: unknown[];
            followers?: unknown[];
        };
        ContactCard: {
            id?: string;
            name?: string;
            companyName?: string;
            email?: string;
            phone?: string;
            tags?: string[];
        };
        CustomField: {
            id: string;
            fieldValue: string | {
                [key: string]: unknown;
            } | unknown[];
        };
        PageMarks: {
            total?: number;
            currentPage?: number;
            nextPage?: number;
            prevPage?: number;
            nextPageUrl?: string;
            startAfter?: number;
            startAfterId?: string;
        };
        Pipeline: {
            id?: string;
            locationId?: string;
            name?: string;
            stages?: components["schemas"]["Stage"][];
            showInFunnel?: boolean;
            showInPieChart?: boolean;
            /** @enum {string} */
            colorRenderMode?: "dot" | "bg-tint" | "none";
        };
        Stage: {
            id?: string;
            name?: string;
        };
        LostReason: {
            id?: string;
            locationId?: string;
            name?: string;
            /** Format: date-time */
            createdAt?: string;
            /** Format: date-time */
            updatedAt?: string;
        };
        Failure: {
            statusCode?: number;
            message?: string;
        };
        NamedFailure: {
            statusCode?: number;
            message?: string;
            error?: string;
        };
        FieldFailure: {
            statusCode?: number;
            message?: string[];
            error?: string;
        };
    };
    responses: {
        /** @description Whether it worked. */
        Done: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /** @description Whether it worked. */
                    succeded?: boolean;
                };
            };
        };
        /** @description The opportunity as it stands now. */
        OneOpportunity: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    opportunity?: components["schemas"]["Opportunity"];
                };
            };
        };
        /** @description The request makes no sense to the API. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Failure"];
            };
        };
        /** @description The token is bad or expired, lacks the scope, or the Version header is wrong. A new token heals only the first. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["NamedFailure"];
            };
        };
        /** @description Fields are missing, wrong, or unknown to this operation. */
        Unprocessable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["FieldFailure"];
            };
        };
        /** @description The burst or the daily limit is used up. No Retry-After is documented; wait for the interval. */
        TooManyRequests: {
            headers: {
                /** @description Calls allowed in an interval. */
                "X-RateLimit-Max"?: number;
                /** @description Calls left in this interval. */
                "X-RateLimit-Remaining"?: number;
                /** @description Length of the interval, in ms. */
                "X-RateLimit-Interval-Milliseconds"?: number;
                /** @description Calls allowed in a day. */
                "X-RateLimit-Limit-Daily"?: number;
                /** @description Calls left today. */
                "X-RateLimit-Daily-Remaining"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Failure"];
            };
        };
    };
    parameters: {
        /** @description Generation of the API, by date. */
        Version: "2021-07-28";
        /** @description Id of the opportunity. */
        OpportunityId: string;
        /** @description Id of the sub-account to look in. */
        LocationId: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "create-opportunity": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewOpportunity"];
            };
        };
        responses: {
            201: components["responses"]["OneOpportunity"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "get-opportunity": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the opportunity. */
                id: components["parameters"]["OpportunityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["OneOpportunity"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "update-opportunity": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the opportunity. */
                id: components["parameters"]["OpportunityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpportunityChange"];
            };
        };
        responses: {
            200: components["responses"]["OneOpportunity"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "delete-opportunity": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the opportunity. */
                id: components["parameters"]["OpportunityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Done"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "update-opportunity-status": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the opportunity. */
                id: components["parameters"]["OpportunityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StatusChange"];
            };
        };
        responses: {
            200: components["responses"]["Done"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "Upsert-opportunity": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpportunityUpsert"];
            };
        };
        responses: {
            /** @description The opportunity, and whether it is new. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        opportunity: components["schemas"]["Opportunity"];
                        new: boolean;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "search-opportunity": {
        parameters: {
            query: {
                /** @description Id of the sub-account to look in. */
                location_id: string;
                /** @description Free text to look for. */
                q?: string;
                /** @description Only in this pipeline. */
                pipeline_id?: string;
                /** @description Only in this stage. */
                pipeline_stage_id?: string;
                /** @description Only of this contact. */
                contact_id?: string;
                /** @description Only with this status. */
                status?: "open" | "won" | "lost" | "abandoned" | "all";
                /** @description Only of this user. */
                assigned_to?: string;
                /** @description Only of this campaign. */
                campaignId?: string;
                /** @description Only this opportunity. */
                id?: string;
                /** @description Only of contacts in this country. */
                country?: string;
                /** @description First day as mm-dd-yyyy. */
                date?: string;
                /** @description Last day as mm-dd-yyyy. */
                endDate?: string;
                /** @description How to sort, such as added_asc. */
                order?: string;
                /** @description Number of the page. */
                page?: number;
                /** @description Opportunities on a page. */
                limit?: number;
                /** @description Creation time of the last one of the page before, in epoch milliseconds. */
                startAfter?: string;
                /** @description Id of the last one of the page before. */
                startAfterId?: string;
                /** @description Whether to bring each contact's tasks. */
                getTasks?: boolean;
                /** @description Whether to bring each contact's notes. */
                getNotes?: boolean;
                /** @description Whether to bring each contact's appointments. */
                getCalendarEvents?: boolean;
            };
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of opportunities, and where the next one begins. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        opportunities?: components["schemas"]["Opportunity"][];
                        meta?: components["schemas"]["PageMarks"];
                        aggregations?: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "search-opportunities-advanced": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpportunitySearch"];
            };
        };
        responses: {
            /** @description One page of opportunities. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        opportunities?: components["schemas"]["Opportunity"][];
                        /** @description How many match in all. */
                        total: number;
                        aggregations?: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "add-followers-opportunity": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the opportunity. */
                id: components["parameters"]["OpportunityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Followers"];
            };
        };
        responses: {
            /** @description All followers, and those that are new. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        followers?: components["schemas"]["UserIds"];
                        followersAdded?: components["schemas"]["UserIds"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "remove-followers-opportunity": {
        parameters: {
            query?: {
                /** @description Whether everyone leaves. */
                isRemoveAllFollowers?: boolean;
            };
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the opportunity. */
                id: components["parameters"]["OpportunityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Followers"];
            };
        };
        responses: {
            /** @description Those who still follow, and those who left. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        followers?: components["schemas"]["UserIds"];
                        followersRemoved?: components["schemas"]["UserIds"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "get-pipelines": {
        parameters: {
            query: {
                /** @description Id of the sub-account to look in. */
                locationId: components["parameters"]["LocationId"];
            };
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The pipelines. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        pipelines?: components["schemas"]["Pipeline"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "get-lost-reason": {
        parameters: {
            query: {
                /** @description Id of the sub-account to look in. */
                locationId: components["parameters"]["LocationId"];
                /** @description Only the reason with this name. */
                name?: string;
                /** @description Whether to list removed ones. */
                deleted?: boolean;
                /** @description Free text to look for. */
                query?: string;
                /** @description How many reasons to pass over first. */
                skip?: number;
                /** @description Reasons on a page. */
                limit?: number;
                /** @description Whether to count them. */
                getCount?: boolean;
            };
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of reasons. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        lostReasons?: components["schemas"]["LostReason"][];
                        total?: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
}
