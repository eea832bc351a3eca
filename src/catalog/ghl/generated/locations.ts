// Made by scripts/generate.ts from openapi/ghl: change those files, then run it again.
export interface paths {
    "/locations/search": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path?: never;
            cookie?: never;
        };
        /** List sub-accounts */
        get: operations["search-locations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/locations/{locationId}": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the sub-account. */
                locationId: components["parameters"]["LocationId"];
            };
            cookie?: never;
        };
        /**
         * Read one sub-account
         * @description Its `settings.allowDuplicateContact` decides how contacts are matched.
         */
        get: operations["get-location"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/locations/{locationId}/tags": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the sub-account. */
                locationId: components["parameters"]["LocationId"];
            };
            cookie?: never;
        };
        /** List the tags that a sub-account knows */
        get: operations["get-location-tags"];
        put?: never;
        /** Make a new tag */
        post: operations["create-tag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/locations/{locationId}/tags/{tagId}": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the sub-account. */
                locationId: components["parameters"]["LocationId"];
                /** @description Id of the tag. */
                tagId: string;
            };
            cookie?: never;
        };
        /** Read one tag */
        get: operations["get-tag-by-id"];
        /** Rename a tag */
        put: operations["update-tag"];
        post?: never;
        /** Remove a tag */
        delete: operations["delete-tag"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/locations/{locationId}/customFields": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the sub-account. */
                locationId: components["parameters"]["LocationId"];
            };
            cookie?: never;
        };
        /**
         * List custom fields with their ids and keys
         * @description Ids differ between sub-accounts, keys such as `contact.pincode` need not.
         */
        get: operations["get-custom-fields"];
        put?: never;
        /** Make a new custom field */
        post: operations["create-custom-field"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/locations/{locationId}/customFields/{id}": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the sub-account. */
                locationId: components["parameters"]["LocationId"];
                /** @description Id of the field. Reading takes its key as well. */
                id: string;
            };
            cookie?: never;
        };
        /** Read one custom field by its id or key */
        get: operations["get-custom-field"];
        /** Change a custom field */
        put: operations["update-custom-field"];
        post?: never;
        /** Remove a custom field */
        delete: operations["delete-custom-field"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/locations/{locationId}/tasks/search": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the sub-account. */
                locationId: components["parameters"]["LocationId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find tasks of a whole sub-account
         * @description Nothing selects by date, neither of the task nor of its last change.
         */
        post: operations["task-search"];
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
        TagName: {
            /** @description The name, which is kept in lower case. */
            name: string;
        };
        NewCustomField: {
            name: string;
            /** @description Kind of field, such as TEXT. */
            dataType: string;
            /** @description Shown while the field is empty. */
            placeholder?: string;
            acceptedFormat?: components["schemas"]["FileEndings"];
            /** @description Whether it takes several files. */
            isMultipleFile?: boolean;
            maxNumberOfFiles?: number;
            textBoxListOptions?: components["schemas"]["TextBoxes"];
            /**
             * @description Place in the form.
             * @default 0
             */
            position?: number;
            /**
             * @description Whose field it is.
             * @enum {string}
             */
            model?: "contact" | "opportunity";
        };
        CustomFieldChange: {
            name: string;
            /** @description Shown while the field is empty. */
            placeholder?: string;
            acceptedFormat?: components["schemas"]["FileEndings"];
            /** @description Whether it takes several files. */
            isMultipleFile?: boolean;
            maxNumberOfFiles?: number;
            textBoxListOptions?: components["schemas"]["TextBoxes"];
            /**
             * @description Place in the form.
             * @default 0
             */
            position?: number;
            /**
             * @description Whose field it is.
             * @enum {string}
             */
            model?: "contact" | "opportunity";
        };
        /** @description Endings of files that the field takes, such as .pdf. */
        FileEndings: string[];
        /** @description The boxes of a list of text boxes. */
        TextBoxes: {
            label?: string;
            prefillValue?: string;
        }[];
        TaskSearch: {
            /** @description Ids of contacts. */
            contactId?: string[];
            /** @description Only done, or only open tasks. */
            completed?: boolean;
            /** @description Ids of the users in charge. */
            assignedTo?: string[];
            /** @description Free text to look for. */
            query?: string;
            /**
             * @description Tasks on a page.
             * @default 25
             */
            limit?: number;
            /**
             * @description How many tasks to pass over first.
             * @default 0
             */
            skip?: number;
            /** @description Only tasks of this business's contacts. */
            businessId?: string;
        };
        ListedLocation: {
            id?: string;
            name?: string;
            email?: string;
            phone?: string;
            address?: string;
            city?: string;
            state?: string;
            postalCode?: string;
            country?: string;
            website?: string;
            timezone?: string;
            settings?: components["schemas"]["Settings"];
            social?: components["schemas"]["SocialLinks"];
        };
        Location: {
            id?: string;
            /** @description The agency. */
            companyId?: string;
            name?: string;
            domain?: string;
            firstName?: string;
            lastName?: string;
            email?: string;
            phone?: string;
            address?: string;
            city?: string;
            state?: string;
            postalCode?: string;
            country?: string;
            website?: string;
            /** @description IANA name, such as America/Chicago. */
            timezone?: string;
            logoUrl?: string;
            business?: components["schemas"]["BusinessCard"];
            settings?: components["schemas"]["Settings"];
            social?: components["schemas"]["SocialLinks"];
            reseller?: {
                [key: string]: unknown;
            };
        };
        Settings: {
            /** @description Whether two contacts may share an email or phone. */
            allowDuplicateContact?: boolean;
            allowDuplicateOpportunity?: boolean;
            allowFacebookNameMerge?: boolean;
            disableContactTimezone?: boolean;
        };
        BusinessCard: {
            name?: string;
            address?: string;
            city?: string;
            state?: string;
            postalCode?: string;
            country?: string;
            website?: string;
            timezone?: string;
            logoUrl?: string;
        };
        SocialLinks: {
            facebookUrl?: string;
            googlePlus?: string;
            linkedIn?: string;
            foursquare?: string;
            twitter?: string;
            yelp?: string;
            instagram?: string;
            youtube?: string;
            pinterest?: string;
            blogRss?: string;
            googlePlacesId?: string;
        };
        Tag: {
            id?: string;
            name?: string;
            locationId?: string;
        };
        CustomField: {
            /** @description Valid in this sub-account only. */
            id?: string;
            name?: string;
            /** @description Name for machines, such as contact.pincode. */
            fieldKey?: string;
            /** @description Kind of field, such as TEXT. */
            dataType?: string;
            /**
             * @description Whose field it is.
             * @enum {string}
             */
            model?: "contact" | "opportunity";
            locationId?: string;
            placeholder?: string;
            position?: number;
            /** @description The values to choose from. */
            picklistOptions?: string[];
            picklistImageOptions?: string[];
            /** @description Whether values beside the choices are taken. */
            isAllowedCustomOption?: boolean;
            isMultiFileAllowed?: boolean;
            maxFileLimit?: number;
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
        /** @description The tag as it stands now. */
        OneTag: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    tag?: components["schemas"]["Tag"];
                };
            };
        };
        /** @description The field as it stands now. */
        OneCustomField: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    customField?: components["schemas"]["CustomField"];
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
        /** @description Id of the sub-account. */
        LocationId: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "search-locations": {
        parameters: {
            query?: {
                /** @description Id of the agency to look in. */
                companyId?: string;
                /** @description How many sub-accounts to pass over first. */
                skip?: string;
                /** @description Sub-accounts on a page. */
                limit?: string;
                /** @description Either asc or desc. */
                order?: string;
                /** @description Only those with this email address. */
                email?: string;
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
                        locations?: components["schemas"]["ListedLocation"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "get-location": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the sub-account. */
                locationId: components["parameters"]["LocationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sub-account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        location?: components["schemas"]["Location"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "get-location-tags": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the sub-account. */
                locationId: components["parameters"]["LocationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All tags. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tags?: components["schemas"]["Tag"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "create-tag": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the sub-account. */
                locationId: components["parameters"]["LocationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagName"];
            };
        };
        responses: {
            200: components["responses"]["OneTag"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "get-tag-by-id": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the sub-account. */
                locationId: components["parameters"]["LocationId"];
                /** @description Id of the tag. */
                tagId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["OneTag"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "update-tag": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the sub-account. */
                locationId: components["parameters"]["LocationId"];
                /** @description Id of the tag. */
                tagId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagName"];
            };
        };
        responses: {
            200: components["responses"]["OneTag"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "delete-tag": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the sub-account. */
                locationId: components["parameters"]["LocationId"];
                /** @description Id of the tag. */
                tagId: string;
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
    "get-custom-fields": {
        parameters: {
            query?: {
                /** @description Whose fields. */
                model?: "contact" | "opportunity" | "all";
            };
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the sub-account. */
                locationId: components["parameters"]["LocationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The fields. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        customFields?: components["schemas"]["CustomField"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "create-custom-field": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the sub-account. */
                locationId: components["parameters"]["LocationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCustomField"];
            };
        };
        responses: {
            201: components["responses"]["OneCustomField"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "get-custom-field": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the sub-account. */
                locationId: components["parameters"]["LocationId"];
                /** @description Id of the field. Reading takes its key as well. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["OneCustomField"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "update-custom-field": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the sub-account. */
                locationId: components["parameters"]["LocationId"];
                /** @description Id of the field. Reading takes its key as well. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomFieldChange"];
            };
        };
        responses: {
            200: components["responses"]["OneCustomField"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "delete-custom-field": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the sub-account. */
                locationId: components["parameters"]["LocationId"];
                /** @description Id of the field. Reading takes its key as well. */
                id: string;
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
    "task-search": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the sub-account. */
                locationId: components["parameters"]["LocationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskSearch"];
            };
        };
        responses: {
            /** @description One page of tasks. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tasks?: unknown[];
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
