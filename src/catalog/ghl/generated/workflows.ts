// Made by scripts/generate.ts from openapi/ghl: change those files, then run it again.
export interface paths {
    "/workflows/": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path?: never;
            cookie?: never;
        };
        /** List the workflows of a sub-account */
        get: operations["get-workflow"];
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
        Workflow: {
            id?: string;
            name?: string;
            status?: string;
            version?: number;
            createdAt?: string;
            updatedAt?: string;
            locationId?: string;
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
    "get-workflow": {
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
            /** @description The workflows. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        workflows?: components["schemas"]["Workflow"][];
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
