// Made by scripts/generate.ts from openapi/ghl: change those files, then run it again.
export interface paths {
    "/contacts/": {
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
         * Page through contacts the old way
         * @deprecated
         * @description Superseded by `search-contacts-advanced`, and gone from the newer generation of the API.
         */
        get: operations["get-contacts"];
        put?: never;
        /**
         * Make a new contact
         * @description Answers 400 with `meta.contactId` when the sub-account refuses duplicates and one exists: take that id over instead of trying again.
         */
        post: operations["create-contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contactId}": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        /** Read one contact */
        get: operations["get-contact"];
        /**
         * Change fields of a contact
         * @description Only the named fields change, but `tags` replaces the whole list. Refuses `locationId`, `gender` and `companyName`, which creating accepts.
         */
        put: operations["update-contact"];
        post?: never;
        /** Remove a contact */
        delete: operations["delete-contact"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/upsert": {
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
        /**
         * Make a contact, or change the one that matches
         * @description Matches by email and phone in the order that the sub-account's duplicate setting gives. When both match, but different contacts, the first in that order is changed and the other value is dropped in silence. An existing contact keeps its `gender`, and an email that was its second one becomes the first.
         */
        post: operations["upsert-contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/search": {
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
        /**
         * Find contacts by conditions on their fields
         * @description The index lags seconds behind writes. Pages reach 10,000 records; to go on, send the `searchAfter` of the last contact and no `page`.
         */
        post: operations["search-contacts-advanced"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/search/duplicate": {
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
         * Find the contact that a new one would collide with
         * @description Where the sub-account allows duplicates, `email` is tried before `number`; elsewhere its own duplicate setting decides.
         */
        get: operations["get-duplicate-contact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/business/{businessId}": {
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
        /** List the people of a business */
        get: operations["get-contacts-by-businessId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contactId}/tags": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put tags on a contact and keep the others */
        post: operations["add-tags"];
        /**
         * Take tags off a contact
         * @description The tags stand in a body, although the method is DELETE.
         */
        delete: operations["remove-tags"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/bulk/tags/update/{type}": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Whether the tags come or go. */
                type: "add" | "remove";
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change tags of many contacts at once
         * @description How many contacts one call may name is not documented.
         */
        post: operations["create-association"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contactId}/tasks": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        /**
         * List every task of a contact
         * @description There are no pages. For a whole sub-account see `task-search`.
         */
        get: operations["get-all-tasks"];
        put?: never;
        /**
         * Give a contact a new task
         * @description Knows no idempotency key. After a timeout, read the tasks back before trying again.
         */
        post: operations["create-task"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contactId}/tasks/{taskId}": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
                /** @description Id of the task. */
                taskId: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        /** Read one task */
        get: operations["get-task"];
        /** Change fields of a task */
        put: operations["update-task"];
        post?: never;
        /** Remove a task */
        delete: operations["delete-task"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contactId}/tasks/{taskId}/completed": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
                /** @description Id of the task. */
                taskId: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        get?: never;
        /** Tick a task off, or open it again */
        put: operations["update-task-completed"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contactId}/notes": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        /**
         * List every note on a contact
         * @description There are no pages.
         */
        get: operations["get-all-notes"];
        put?: never;
        /**
         * Write a note on a contact
         * @description Knows no idempotency key. After a timeout, read the notes back before trying again.
         */
        post: operations["create-note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contactId}/notes/{id}": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
                /** @description Id of the note. */
                id: string;
            };
            cookie?: never;
        };
        /** Read one note */
        get: operations["get-note"];
        /** Change fields of a note */
        put: operations["update-note"];
        post?: never;
        /** Remove a note */
        delete: operations["delete-note"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contactId}/appointments": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        /**
         * List the appointments of a contact
         * @description Start and end come as `2021-07-16 11:00:00`, without an offset.
         */
        get: operations["get-appointments-for-contact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contactId}/followers": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let users follow a contact */
        post: operations["add-followers-contact"];
        /** Let users stop following a contact */
        delete: operations["remove-followers-contact"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contactId}/campaigns/{campaignId}": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
                /** @description Id of the campaign. */
                campaignId: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enter a contact into a campaign
         * @description Takes an empty object as its body.
         */
        post: operations["add-contact-to-campaign"];
        /** Take a contact out of a campaign */
        delete: operations["remove-contact-from-campaign"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contactId}/campaigns/removeAll": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a contact out of all its campaigns */
        delete: operations["remove-contact-from-every-campaign"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contactId}/workflow/{workflowId}": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
                /** @description Id of the workflow. */
                workflowId: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start a workflow for a contact */
        post: operations["add-contact-to-workflow"];
        /**
         * Stop a workflow for a contact
         * @description The body is required, although the method is DELETE.
         */
        delete: operations["delete-contact-from-workflow"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/bulk/business": {
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
        /** Tie contacts to a business, or untie them */
        post: operations["add-remove-contact-from-business"];
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
        NewContact: {
            /** @description Sub-account that gets the contact. */
            locationId: string;
            /** @description Given name. */
            firstName?: string | null;
            /** @description Family name. */
            lastName?: string | null;
            /** @description Full name; first and last name are better. */
            name?: string | null;
            /**
             * Format: email
             * @description Where mail reaches the contact.
             */
            email?: string | null;
            phone?: components["schemas"]["PhoneIn"];
            /** @description Gender. */
            gender?: string;
            /** @description Street and number. */
            address1?: string | null;
            /** @description Town. */
            city?: string | null;
            /** @description State, county or province. */
            state?: string | null;
            /** @description Postcode. */
            postalCode?: string;
            country?: components["schemas"]["CountryIn"];
            /** @description Address of a website. */
            website?: string | null;
            /** @description IANA name, such as America/Chicago. */
            timezone?: string | null;
            /** @description Company that the contact works for. */
            companyName?: string | null;
            dateOfBirth?: components["schemas"]["BirthDateIn"];
            /** @description Where the contact came from. */
            source?: string;
            /** @description Id of the user in charge. */
            assignedTo?: string;
            tags?: components["schemas"]["TagNames"];
            customFields?: components["schemas"]["CustomFieldsIn"];
            /** @description Send this contact nothing at all. */
            dnd?: boolean;
            dndSettings?: components["schemas"]["DndSettings"];
            inboundDndSettings?: components["schemas"]["InboundDndSettings"];
        };
        ContactChange: {
            firstName?: string | null;
            lastName?: string | null;
            /** @description Full name; first and last name are better. */
            name?: string | null;
            /** Format: email */
            email?: string | null;
            phone?: components["schemas"]["PhoneIn"];
            /** @description Street and number. */
            address1?: string | null;
            city?: string | null;
            state?: string | null;
            postalCode?: string;
            country?: components["schemas"]["CountryIn"];
            website?: string | null;
            /** @description IANA name, such as America/Chicago. */
            timezone?: string | null;
            dateOfBirth?: components["schemas"]["BirthDateIn"];
            /** @description Where the contact came from. */
            source?: string | null;
            /** @description Id of the user in charge. */
            assignedTo?: string | null;
            tags?: components["schemas"]["AllTagNames"];
            customFields?: components["schemas"]["CustomFieldsIn"];
            /** @description Send this contact nothing at all. */
            dnd?: boolean;
            dndSettings?: components["schemas"]["DndSettings"];
            inboundDndSettings?: components["schemas"]["InboundDndSettings"];
        };
        ContactUpsert: {
            /** @description Sub-account to look in and to write to. */
            locationId: string;
            firstName?: string | null;
            lastName?: string | null;
            /** @description Full name; first and last name are better. */
            name?: string | null;
            /** Format: email */
            email?: string | null;
            phone?: components["schemas"]["PhoneIn"];
            /** @description Taken for new contacts only. */
            gender?: string;
            /** @description Street and number. */
            address1?: string | null;
            city?: string | null;
            state?: string | null;
            postalCode?: string;
            country?: components["schemas"]["CountryIn"];
            website?: string | null;
            /** @description IANA name, such as America/Chicago. */
            timezone?: string | null;
            companyName?: string | null;
            dateOfBirth?: components["schemas"]["BirthDateIn"];
            /** @description Where the contact came from. */
            source?: string;
            /** @description Id of the user in charge. */
            assignedTo?: string;
            tags?: components["schemas"]["AllTagNames"];
            customFields?: components["schemas"]["CustomFieldsIn"];
            /** @description Send this contact nothing at all. */
            dnd?: boolean;
            dndSettings?: components["schemas"]["DndSettings"];
            inboundDndSettings?: components["schemas"]["InboundDndSettings"];
            /**
             * @description Where duplicates are allowed, look for none and always make a new contact.
             * @default false
             */
            createNewIfDuplicateAllowed?: boolean;
        };
        /** @description Best in E.164, which is also how it comes back. */
        PhoneIn: string | null;
        /** @description Two capital letters by ISO 3166-1, such as US. */
        CountryIn: string;
        /** @description A date with the year or the month first, such as 1990-09-25 or 09/25/1990; comes back as an ISO date. */
        BirthDateIn: string | null;
        /** @description Fields that are not named keep their values. */
        CustomFieldsIn: components["schemas"]["CustomFieldIn"][];
        CustomFieldIn: {
            /** @description Id of the field; each sub-account has its own. */
            id: string;
            /** @description The field by name, such as my_field. */
            key?: string;
            field_value?: components["schemas"]["CustomFieldValueIn"];
        };
        /** @description Text; a number; a list for check boxes and multiple choice; files in a map by UUID. */
        CustomFieldValueIn: string | number | string[] | {
            [key: string]: unknown;
        };
        /** @description Do-not-disturb for each channel. */
        DndSettings: {
            Call?: components["schemas"]["DndSetting"];
            Email?: components["schemas"]["DndSetting"];
            SMS?: components["schemas"]["DndSetting"];
            WhatsApp?: components["schemas"]["DndSetting"];
            GMB?: components["schemas"]["DndSetting"];
            FB?: components["schemas"]["DndSetting"];
        };
        DndSetting: {
            /** @enum {string} */
            status: "active" | "inactive" | "permanent";
            message?: string;
            code?: string;
        };
        /** @description Do-not-disturb for what the contact sends; changing it fires no webhook. */
        InboundDndSettings: {
            all?: components["schemas"]["InboundDndSetting"];
        };
        InboundDndSetting: {
            /** @enum {string} */
            status: "active" | "inactive";
            message?: string;
        };
        ContactSearch: {
            /** @description Sub-account to look in. */
            locationId: string;
            /** @description Contacts on a page. */
            pageLimit: number;
            /** @description Number of the page; never together with searchAfter. */
            page?: number;
            /** @description Where to go on, as the last contact of the page before gave it. */
            searchAfter?: unknown[];
            /** @description Free text to look for. */
            query?: string;
            /** @description Conditions that must all hold. */
            filters?: (components["schemas"]["SearchCondition"] | components["schemas"]["SearchGroup"])[];
            sort?: components["schemas"]["SearchOrder"][];
        };
        SearchCondition: {
            /** @description Such as email, tags or dateUpdated. */
            field: string;
            /** @enum {string} */
            operator: "eq" | "not_eq" | "contains" | "not_contains" | "exists" | "not_exists" | "range";
            /** @description What to compare with; range takes gt, gte, lt and lte in an object. */
            value?: unknown;
        };
        SearchGroup: {
            /** @enum {string} */
            group: "AND" | "OR";
            filters: (components["schemas"]["SearchCondition"] | components["schemas"]["SearchGroup"])[];
        };
        SearchOrder: {
            field: string;
            /** @enum {string} */
            direction: "asc" | "desc";
        };
        Tags: {
            tags: components["schemas"]["TagNames"];
        };
        BulkTags: {
            /** @description Ids of the contacts. */
            contacts: string[];
            tags: components["schemas"]["TagNames"];
            /** @description Sub-account of the contacts. */
            locationId: string;
            /** @description Strip every tag; for removing only. */
            removeAllTags?: boolean;
        };
        BulkBusiness: {
            /** @description Sub-account of the contacts. */
            locationId: string;
            /** @description Ids of the contacts. */
            ids: string[];
            /** @description Id of the business; null unties. */
            businessId: string | null;
        };
        NewTask: {
            /** @description What the list of tasks shows. */
            title: string;
            /** @description What is to be done. */
            body?: string;
            /**
             * Format: date-time
             * @description ISO 8601, with an offset or Z.
             */
            dueDate: string;
            /** @description Whether it is done. */
            completed: boolean;
            /** @description Id of the user in charge. */
            assignedTo?: string;
        };
        TaskChange: {
            title?: string;
            /** @description What is to be done. */
            body?: string;
            /**
             * Format: date-time
             * @description ISO 8601, with an offset or Z.
             */
            dueDate?: string;
            completed?: boolean;
            /** @description Id of the user in charge. */
            assignedTo?: string;
        };
        TaskCompletion: {
            completed: boolean;
        };
        NewNote: {
            /** @description Text of the note. */
            body: string;
            /** @description Id of the user who writes. */
            userId?: string;
            /** @description Heading of the note. */
            title?: string;
            /** @description Colour of the note. */
            color?: string;
            /** @description Whether it stays on top of the others. */
            pinned?: boolean;
        };
        NoteChange: {
            /** @description Text of the note. */
            body?: string;
            /** @description Id of the user who writes. */
            userId?: string;
            title?: string;
            color?: string;
            pinned?: boolean;
        };
        Followers: {
            followers: components["schemas"]["UserIds"];
        };
        WorkflowEntry: {
            /** @description When the event starts, in ISO 8601 with an offset. */
            eventStartTime?: string;
        };
        Nothing: Record<string, never>;
        Contact: {
            id?: string;
            locationId?: string;
            name?: string;
            firstName?: string;
            lastName?: string;
            email?: string;
            /** @description In E.164. */
            phone?: string;
            companyName?: string;
            address1?: string;
            city?: string;
            state?: string;
            postalCode?: string;
            country?: string;
            website?: string;
            timezone?: string;
            type?: string;
            source?: string;
            /** @description Id of the user in charge. */
            assignedTo?: string;
            businessId?: string;
            /** @description ISO date. */
            dateOfBirth?: string;
            dateAdded?: string;
            dateUpdated?: string;
            lastActivity?: string;
            tags?: components["schemas"]["TagNames"];
            customFields?: components["schemas"]["CustomFields"];
            dnd?: boolean;
            dndSettings?: components["schemas"]["DndSettings"];
            attributionSource?: components["schemas"]["Attribution"];
            lastAttributionSource?: components["schemas"]["Attribution"];
            /** @description A leftover that is never filled. */
            attachments?: string;
            ssn?: string;
            keyword?: string;
            /** @description Who this is in the live chat. */
            visitorId?: string;
            emailLowerCase?: string;
            firstNameLowerCase?: string;
            lastNameLowerCase?: string;
            fullNameLowerCase?: string;
        };
        CreatedContact: {
            id?: string;
            locationId?: string;
            firstName?: string;
            lastName?: string;
            email?: string;
            /** @description In E.164. */
            phone?: string;
            companyName?: string;
            address1?: string;
            city?: string;
            state?: string;
            postalCode?: string;
            country?: string;
            website?: string;
            type?: string;
            source?: string;
            /** @description Id of the user in charge. */
            assignedTo?: string;
            businessId?: string;
            /** @description ISO date. */
            dateOfBirth?: string;
            birthMonth?: number;
            birthDay?: number;
            dateAdded?: string;
            dateUpdated?: string;
            lastSessionActivityAt?: string;
            deleted?: boolean;
            tags?: components["schemas"]["TagNames"];
            customFields?: components["schemas"]["CustomFields"];
            dnd?: boolean;
            dndSettings?: components["schemas"]["DndSettings"];
            bounceEmail?: boolean;
            unsubscribeEmail?: boolean;
            offers?: string[];
            products?: string[];
            emailLowerCase?: string;
            firstNameLowerCase?: string;
            lastNameLowerCase?: string;
            fullNameLowerCase?: string;
        };
        ListedContact: {
            id?: string;
            locationId?: string;
            email?: string;
            timezone?: string;
            country?: string;
            source?: string;
            dateAdded?: string;
            businessId?: string;
            tags?: components["schemas"]["TagNames"];
            customFields?: components["schemas"]["CustomFields"];
            followers?: components["schemas"]["UserIds"];
            attributions?: components["schemas"]["Attribution"][];
        };
        FoundContact: components["schemas"]["Contact"] & {
            /** @description Send it as the next search's searchAfter to go on behind this contact. */
            searchAfter?: unknown[];
        };
        CustomFields: components["schemas"]["CustomField"][];
        CustomField: {
            id?: string;
            /** @description What was put in, by the type of the field. */
            value?: string | number | boolean | unknown[] | {
                [key: string]: unknown;
            };
        };
        /** @description The visit or advertisement that brought the contact. */
        Attribution: {
            url: string;
            campaign?: string | null;
            campaignId?: string | null;
            medium?: string | null;
            mediumId?: string | null;
            referrer?: string | null;
            utmSource?: string | null;
            utmMedium?: string | null;
            utmContent?: string | null;
            fbclid?: string | null;
            gclid?: string | null;
            msclikid?: string | null;
            dclid?: string | null;
            fbc?: string | null;
            fbp?: string | null;
            fbEventId?: string | null;
            userAgent?: string | null;
            ip?: string | null;
        };
        Task: {
            id?: string;
            contactId?: string;
            title?: string;
            body?: string;
            dueDate?: string;
            completed?: boolean;
            assignedTo?: string;
        };
        Note: {
            id?: string;
            contactId?: string;
            title?: string;
            body?: string;
            color?: string;
            pinned?: boolean;
            userId?: string;
            dateAdded?: string;
        };
        ContactAppointment: {
            id?: string;
            calendarId?: string;
            locationId?: string;
            contactId?: string;
            groupId?: string;
            title?: string;
            status?: string;
            appointmentStatus?: string;
            /** @description Without an offset, such as 2021-07-16 11:00:00. */
            startTime?: string;
            /** @description Without an offset, such as 2021-07-16 11:30:00. */
            endTime?: string;
            address?: string;
            notes?: string;
            assignedUserId?: string;
            users?: components["schemas"]["UserIds"];
            assignedResources?: string[];
            dateAdded?: string;
            dateUpdated?: string;
        };
        /** @description Names of tags, which are kept in lower case. */
        TagNames: string[];
        /** @description All tags that the contact shall have; every other one is taken off. */
        AllTagNames: string[];
        /** @description Ids of users. */
        UserIds: string[];
        /** @description Whether it worked. */
        Succeeded: boolean;
        /** @description What HighLevel's support asks for. */
        TraceId: string;
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
        DuplicateFailure: {
            statusCode?: number;
            message?: string;
            meta?: {
                /** @description Id of the contact that exists. */
                contactId?: string;
                contactName?: string;
                /** @description The field that collides. */
                matchingField?: string;
            };
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
                    succeded?: components["schemas"]["Succeeded"];
                };
            };
        };
        /** @description Tags of the contact. */
        TagList: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    tags?: components["schemas"]["TagNames"];
                };
            };
        };
        /** @description The task as it stands now. */
        OneTask: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    task?: components["schemas"]["Task"];
                };
            };
        };
        /** @description The note as it stands now. */
        OneNote: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    note?: components["schemas"]["Note"];
                };
            };
        };
        /** @description One page of contacts. */
        ContactPage: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    contacts?: components["schemas"]["ListedContact"][];
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
        /** @description The request makes no sense to the API, or the contact exists already; then `meta` names it. */
        BadRequestOrDuplicate: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["DuplicateFailure"];
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
        /** @description Id of the contact. */
        ContactId: string;
        /** @description Id of the task. */
        TaskId: string;
        /** @description Id of the sub-account to look in. */
        LocationId: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "get-contacts": {
        parameters: {
            query: {
                /** @description Id of the sub-account to look in. */
                locationId: components["parameters"]["LocationId"];
                /** @description Id of the last contact of the page before; goes together with `startAfter`. */
                startAfterId?: string;
                /** @description Creation time of the last contact of the page before, in epoch milliseconds. */
                startAfter?: number;
                /** @description Free text to look for. */
                query?: string;
                /** @description Contacts on a page. */
                limit?: number;
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
            200: components["responses"]["ContactPage"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "create-contact": {
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
                "application/json": components["schemas"]["NewContact"];
            };
        };
        responses: {
            /** @description The contact was made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        contact?: components["schemas"]["CreatedContact"];
                    };
                };
            };
            400: components["responses"]["BadRequestOrDuplicate"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "get-contact": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The contact with its tags and custom fields. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        contact?: components["schemas"]["Contact"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "update-contact": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactChange"];
            };
        };
        responses: {
            /** @description The contact after the change. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        succeded?: components["schemas"]["Succeeded"];
                        contact?: components["schemas"]["Contact"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "delete-contact": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
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
    "upsert-contact": {
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
                "application/json": components["schemas"]["ContactUpsert"];
            };
        };
        responses: {
            /** @description The contact, and whether it is new. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description True when nothing matched. */
                        new?: boolean;
                        contact?: components["schemas"]["Contact"];
                        traceId?: components["schemas"]["TraceId"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "search-contacts-advanced": {
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
                "application/json": components["schemas"]["ContactSearch"];
            };
        };
        responses: {
            /** @description One page of matches. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        contacts?: components["schemas"]["FoundContact"][];
                        /** @description How many match in all. */
                        total?: number;
                        traceId?: components["schemas"]["TraceId"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "get-duplicate-contact": {
        parameters: {
            query: {
                /** @description Id of the sub-account to look in. */
                locationId: components["parameters"]["LocationId"];
                /** @description A phone number in E.164; its plus sign must be percent-encoded. */
                number?: string;
                /** @description An email address; a plus sign in it must be percent-encoded. */
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
            /** @description The match, or none. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        contact?: components["schemas"]["Contact"] | null;
                        traceId?: components["schemas"]["TraceId"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "get-contacts-by-businessId": {
        parameters: {
            query: {
                /** @description Id of the sub-account to look in. */
                locationId: components["parameters"]["LocationId"];
                /** @description Contacts on a page. */
                limit?: string;
                /** @description How many contacts to pass over first. */
                skip?: string;
                /** @description Part of a contact's name. */
                query?: string;
            };
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
            200: components["responses"]["ContactPage"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "add-tags": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Tags"];
            };
        };
        responses: {
            201: components["responses"]["TagList"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "remove-tags": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Tags"];
            };
        };
        responses: {
            200: components["responses"]["TagList"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "create-association": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Whether the tags come or go. */
                type: "add" | "remove";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkTags"];
            };
        };
        responses: {
            /** @description How many went wrong, and a line for each contact. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        succeded: components["schemas"]["Succeeded"];
                        /** @description Contacts that were not changed. */
                        errorCount: number;
                        /** @description What happened to each contact. */
                        responses: string[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "get-all-tasks": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The contact's tasks. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tasks?: components["schemas"]["Task"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "create-task": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTask"];
            };
        };
        responses: {
            201: components["responses"]["OneTask"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "get-task": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
                /** @description Id of the task. */
                taskId: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["OneTask"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "update-task": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
                /** @description Id of the task. */
                taskId: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskChange"];
            };
        };
        responses: {
            200: components["responses"]["OneTask"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "delete-task": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
                /** @description Id of the task. */
                taskId: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Done"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "update-task-completed": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
                /** @description Id of the task. */
                taskId: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskCompletion"];
            };
        };
        responses: {
            200: components["responses"]["OneTask"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "get-all-notes": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The contact's notes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        notes?: components["schemas"]["Note"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "create-note": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewNote"];
            };
        };
        responses: {
            201: components["responses"]["OneNote"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "get-note": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
                /** @description Id of the note. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["OneNote"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "update-note": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
                /** @description Id of the note. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteChange"];
            };
        };
        responses: {
            200: components["responses"]["OneNote"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "delete-note": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
                /** @description Id of the note. */
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
    "get-appointments-for-contact": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The contact's appointments. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        events?: components["schemas"]["ContactAppointment"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "add-followers-contact": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
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
    "remove-followers-contact": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
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
    "add-contact-to-campaign": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
                /** @description Id of the campaign. */
                campaignId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            201: components["responses"]["Done"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "remove-contact-from-campaign": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
                /** @description Id of the campaign. */
                campaignId: string;
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
    "remove-contact-from-every-campaign": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
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
    "add-contact-to-workflow": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
                /** @description Id of the workflow. */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkflowEntry"];
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
    "delete-contact-from-workflow": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the contact. */
                contactId: components["parameters"]["ContactId"];
                /** @description Id of the workflow. */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkflowEntry"];
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
    "add-remove-contact-from-business": {
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
                "application/json": components["schemas"]["BulkBusiness"];
            };
        };
        responses: {
            /** @description The contacts that were changed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        success: boolean;
                        /** @description Ids of the contacts. */
                        ids: string[];
                    };
                };
            };
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
}
