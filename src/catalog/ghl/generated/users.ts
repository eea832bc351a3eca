// Made by scripts/generate.ts from openapi/ghl: change those files, then run it again.
export interface paths {
    "/users/search": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path?: never;
            cookie?: never;
        };
        /** Find users of an agency or sub-account */
        get: operations["search-users"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/search/filter-by-email": {
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
        /** Find an agency's users by email address */
        post: operations["filter-users-by-email"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/": {
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
         * List all users of a sub-account
         * @deprecated
         * @description Superseded by `search-users`, which needs the agency's id, however.
         */
        get: operations["get-user-by-location"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{userId}": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the user. */
                userId: string;
            };
            cookie?: never;
        };
        /** Read one user */
        get: operations["get-user"];
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
        EmailFilter: {
            /** @description The agency. */
            companyId: string;
            /** @description Email addresses with commas between. */
            emails: string;
            /**
             * @description Whether to find removed users.
             * @default false
             */
            deleted?: boolean;
            /**
             * @description How many users to pass over first.
             * @default 0
             */
            skip?: string;
            /**
             * @description Users on a page.
             * @default 25
             */
            limit?: string;
            /** @description Fields to bring, with commas between, or all; else only id and email. */
            projection?: string;
        };
        User: {
            id?: string;
            name?: string;
            firstName?: string;
            lastName?: string;
            email?: string;
            phone?: string;
            extension?: string;
            roles?: components["schemas"]["Roles"];
            deleted?: boolean;
        };
        OneUser: {
            id?: string;
            name?: string;
            firstName?: string;
            lastName?: string;
            email?: string;
            phone?: string;
            extension?: string;
            roles?: components["schemas"]["Roles"];
        };
        Roles: {
            /** @description Of an agency or of a sub-account. */
            type?: string;
            /** @description Such as admin or user. */
            role?: string;
            /** @description Sub-accounts that the user may enter. */
            locationIds?: string[];
            restrictSubAccount?: boolean;
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
        /** @description One page of users. */
        UserPage: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    users?: components["schemas"]["User"][];
                    /** @description How many match in all. */
                    count?: number;
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
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "search-users": {
        parameters: {
            query: {
                /** @description Id of the agency to look in. */
                companyId: string;
                /** @description Only users of this sub-account. */
                locationId?: string;
                /** @description Free text to look for. */
                query?: string;
                /** @description Only these ids, with commas between. */
                ids?: string;
                /** @description Only users of this kind, such as agency. */
                type?: string;
                /** @description Only users in this role, such as admin. */
                role?: string;
                /** @description Field to sort by, such as dateAdded. */
                sort?: string;
                /** @description Either asc or desc. */
                sortDirection?: string;
                /** @description How many users to pass over first. */
                skip?: string;
                /** @description Users on a page. */
                limit?: string;
                /** @description Only users whose calendar is tied to an outside one both ways. */
                enabled2waySync?: boolean;
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
            200: components["responses"]["UserPage"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "filter-users-by-email": {
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
                "application/json": components["schemas"]["EmailFilter"];
            };
        };
        responses: {
            200: components["responses"]["UserPage"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "get-user-by-location": {
        parameters: {
            query: {
                /** @description Id of the sub-account to look in. */
                locationId: string;
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
            /** @description The users. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        users?: components["schemas"]["User"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "get-user": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the user. */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user, not wrapped in anything. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneUser"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
}
