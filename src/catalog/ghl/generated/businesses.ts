// Made by scripts/generate.ts from openapi/ghl: change those files, then run it again.
export interface paths {
    "/businesses/": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path?: never;
            cookie?: never;
        };
        /** List the businesses of a sub-account */
        get: operations["get-businesses-by-location"];
        put?: never;
        /** Make a new business */
        post: operations["create-business"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/businesses/{businessId}": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the business. */
                businessId: string;
            };
            cookie?: never;
        };
        /** Read one business */
        get: operations["get-business"];
        /** Change fields of a business */
        put: operations["update-business"];
        post?: never;
        /** Remove a business */
        delete: operations["delete-Business"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        NewBusiness: {
            /** @description Sub-account that gets the business. */
            locationId: string;
            /** @description What the company is called. */
            name: string;
            /** @description Phone number, best in E.164. */
            phone?: string;
            /**
             * Format: email
             * @description Where mail reaches the company.
             */
            email?: string;
            /** @description Address of its website. */
            website?: string;
            /** @description Street and number. */
            address?: string;
            /** @description Town. */
            city?: string;
            /** @description State, county or province. */
            state?: string;
            /** @description Postcode. */
            postalCode?: string;
            /** @description Country that the company is in. */
            country?: string;
            /** @description What kind of company it is. */
            description?: string;
        };
        BusinessChange: {
            name?: string;
            phone?: string;
            /** Format: email */
            email?: string;
            website?: string;
            address?: string;
            city?: string;
            state?: string;
            postalCode?: string;
            country?: string;
            description?: string;
        };
        Business: {
            id: string;
            locationId: string;
            name: string;
            phone?: string;
            email?: string;
            website?: string;
            address?: string;
            city?: string;
            state?: string;
            postalCode?: string;
            country?: string;
            description?: string;
            createdBy?: {
                [key: string]: unknown;
            };
            updatedBy?: {
                [key: string]: unknown;
            };
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
        /** @description The business as it stands now. */
        ChangedBusiness: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    success: boolean;
                    buiseness: components["schemas"]["Business"];
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
    "get-businesses-by-location": {
        parameters: {
            query: {
                /** @description Id of the sub-account to look in. */
                locationId: string;
                /** @description Businesses on a page. */
                limit?: string;
                /** @description How many businesses to pass over first. */
                skip?: string;
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
            /** @description One page of businesses. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        businesses: components["schemas"]["Business"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "create-business": {
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
                "application/json": components["schemas"]["NewBusiness"];
            };
        };
        responses: {
            201: components["responses"]["ChangedBusiness"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "get-business": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the business. */
                businessId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The business. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        business: components["schemas"]["Business"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "update-business": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the business. */
                businessId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BusinessChange"];
            };
        };
        responses: {
            200: components["responses"]["ChangedBusiness"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "delete-Business": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the business. */
                businessId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether it worked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        success: boolean;
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
