// Made by scripts/generate.ts from openapi/ghl: change those files, then run it again.
export interface paths {
    "/oauth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Trade a code or a refresh token for an access token
         * @description Every refresh token works once: store the new one before using the access token. Two refreshes with the same token within 30 seconds get the same answer.
         */
        post: operations["get-access-token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/locationToken": {
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
        /** Turn an agency's token into one for a sub-account */
        post: operations["get-location-access-token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/installedLocations": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path?: never;
            cookie?: never;
        };
        /** List the sub-accounts that have the app */
        get: operations["get-installed-location"];
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
        TokenRequest: {
            /** @description The app's id from the marketplace. */
            client_id: string;
            client_secret: string;
            /** @enum {string} */
            grant_type: "authorization_code" | "refresh_token" | "client_credentials";
            /** @description For authorization_code; the one that the redirect brought. */
            code?: string;
            /** @description For refresh_token; the latest one. */
            refresh_token?: string;
            /**
             * @description Token for the agency or a sub-account.
             * @enum {string}
             */
            user_type?: "Company" | "Location";
            /** @description The one that the code was sent to. */
            redirect_uri?: string;
        };
        Tokens: {
            access_token?: string;
            token_type?: string;
            /** @description Seconds that the access token lives, usually 86399. */
            expires_in?: number;
            refresh_token?: string;
            /** @description Granted scopes with spaces between. */
            scope?: string;
            /** @description Company or Location. */
            userType?: string;
            /** @description The sub-account; absent in an agency's token. */
            locationId?: string;
            /** @description The agency. */
            companyId?: string;
            /** @description Who installed the app. */
            userId: string;
            /** @description The plan of a paid app. */
            planId?: string;
            /** @description Sub-accounts that this agency's token may make tokens for. */
            approvedLocations?: string[];
            isBulkInstallation?: boolean;
            installToFutureLocations?: components["schemas"]["InstallToFuture"];
            /** @description Whether a bulk install covered every sub-account. */
            approveAllLocations?: boolean;
        };
        LocationTokenRequest: {
            /** @description The agency. */
            companyId: string;
            /** @description The sub-account that the token is for. */
            locationId: string;
        };
        LocationToken: {
            access_token?: string;
            token_type?: string;
            /** @description Seconds that the access token lives. */
            expires_in?: number;
            /** @description Granted scopes with spaces between. */
            scope?: string;
            /** @description The sub-account. */
            locationId?: string;
            /** @description The plan of a paid app. */
            planId?: string;
            /** @description Who installed the app. */
            userId: string;
            appId?: string;
            /** @description The installed version of the app. */
            versionId?: string;
        };
        InstalledLocation: {
            /** @description The sub-account's id. */
            _id: string;
            name: string;
            address: string;
            /** @description Whether it has the app. */
            isInstalled?: boolean;
            /** @description The installed version of the app. */
            versionId?: string;
            /** Format: date-time */
            installedAt?: string;
        };
        /** @description Whether sub-accounts made later get the app too; in an agency's token only. */
        InstallToFuture: boolean;
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
        /** @description The client or its token is not accepted, or the Version header is wrong. */
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
    "get-access-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description The tokens. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tokens"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "get-location-access-token": {
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
                "application/x-www-form-urlencoded": components["schemas"]["LocationTokenRequest"];
            };
        };
        responses: {
            /** @description The token for the sub-account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LocationToken"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "get-installed-location": {
        parameters: {
            query: {
                /** @description Id of the agency. */
                companyId: string;
                /** @description Id of the app. */
                appId: string;
                /** @description How many sub-accounts to pass over first. */
                skip?: string;
                /** @description Sub-accounts on a page. */
                limit?: string;
                /** @description Part of a sub-account's name. */
                query?: string;
                /** @description Only those that have the app, or only those that lack it. */
                isInstalled?: boolean;
                /** @description Only those with this version of the app. */
                versionId?: string;
                /** @description Only those that try the app, or only those that pay. */
                onTrial?: boolean;
                /** @description Only those on this plan of the app. */
                planId?: string;
                /** @description Only this sub-account. */
                locationId?: string;
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
            /** @description One page of sub-accounts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        locations?: components["schemas"]["InstalledLocation"][];
                        /** @description Sub-accounts of the agency in all. */
                        count?: number;
                        installToFutureLocations?: components["schemas"]["InstallToFuture"];
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
