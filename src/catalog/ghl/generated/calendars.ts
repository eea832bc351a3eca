// Made by scripts/generate.ts from openapi/ghl: change those files, then run it again.
export interface paths {
    "/calendars/events/appointments": {
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
         * Book an appointment
         * @description A slot that is taken or closed answers 400, unless `ignoreFreeSlotValidation` is true. Knows no idempotency key: after a timeout, read the contact's appointments back before trying again.
         */
        post: operations["create-appointment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calendars/events/appointments/{eventId}": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the event, or of one of its repetitions. */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        /** Read one appointment */
        get: operations["get-appointment"];
        /**
         * Move an appointment, or change its fields
         * @description To cancel, set the status to cancelled.
         */
        put: operations["edit-appointment"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calendars/events/{eventId}": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the event, or of one of its repetitions. */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove an appointment or a block slot
         * @description Takes an empty object as its body, and answers 201.
         */
        delete: operations["delete-event"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calendars/events": {
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
         * List appointments between two times
         * @description Needs one of `calendarId`, `userId` and `groupId`. There are no pages, and nothing selects by time of change.
         */
        get: operations["get-calendar-events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calendars/blocked-slots": {
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
         * List blocked times between two times
         * @description Needs one of `calendarId`, `userId` and `groupId`. There are no pages.
         */
        get: operations["get-blocked-slots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calendars/events/block-slots": {
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
        /** Keep a time free of bookings */
        post: operations["create-block-slot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calendars/events/block-slots/{eventId}": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the event, or of one of its repetitions. */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Move a blocked time, or change its fields
         * @description Answers 201, although nothing is made.
         */
        put: operations["edit-block-slot"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calendars/appointments/{appointmentId}/notes": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the appointment. */
                appointmentId: components["parameters"]["AppointmentId"];
            };
            cookie?: never;
        };
        /** List the notes on an appointment */
        get: operations["get-appointment-notes"];
        put?: never;
        /** Write a note on an appointment */
        post: operations["create-appointment-note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calendars/appointments/{appointmentId}/notes/{noteId}": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the appointment. */
                appointmentId: components["parameters"]["AppointmentId"];
                /** @description Id of the note. */
                noteId: string;
            };
            cookie?: never;
        };
        get?: never;
        /** Rewrite a note on an appointment */
        put: operations["update-appointment-note"];
        post?: never;
        /** Remove a note from an appointment */
        delete: operations["delete-appointment-note"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calendars/": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path?: never;
            cookie?: never;
        };
        /** List the calendars of a sub-account */
        get: operations["get-calendars"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calendars/{calendarId}": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the calendar. */
                calendarId: components["parameters"]["CalendarId"];
            };
            cookie?: never;
        };
        /** Read one calendar */
        get: operations["get-calendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calendars/{calendarId}/free-slots": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the calendar. */
                calendarId: components["parameters"]["CalendarId"];
            };
            cookie?: never;
        };
        /**
         * List the times that can be booked
         * @description Reaches over 31 days at most.
         */
        get: operations["get-slots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calendars/groups": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path?: never;
            cookie?: never;
        };
        /** List groups of calendars */
        get: operations["get-groups"];
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
        NewAppointment: {
            /** @description Id of the calendar that is booked. */
            calendarId: string;
            /** @description Sub-account of calendar and contact. */
            locationId: string;
            /** @description Who comes. */
            contactId: string;
            /**
             * Format: date-time
             * @description ISO 8601, with an offset or Z.
             */
            startTime: string;
            /**
             * Format: date-time
             * @description ISO 8601, with an offset or Z.
             */
            endTime?: string;
            /** @description What the calendar shows. */
            title?: string;
            /** @description What it is about. */
            description?: string;
            appointmentStatus?: components["schemas"]["StatusIn"];
            /** @description Id of the user who meets the contact. */
            assignedUserId?: string;
            /** @description Where to meet; makes the meeting place custom. */
            address?: string;
            meetingLocationType?: components["schemas"]["MeetingKind"];
            meetingLocationId?: components["schemas"]["MeetingPlace"];
            overrideLocationConfig?: components["schemas"]["OverridePlace"];
            /** @description False keeps automations still. */
            toNotify?: boolean;
            /** @description Book in spite of the calendar's notice and range of dates. */
            ignoreDateRange?: boolean;
            /** @description Book in spite of everything. */
            ignoreFreeSlotValidation?: boolean;
            rrule?: components["schemas"]["RepetitionIn"];
        };
        AppointmentChange: {
            calendarId?: string;
            /**
             * Format: date-time
             * @description ISO 8601, with an offset or Z.
             */
            startTime?: string;
            /**
             * Format: date-time
             * @description ISO 8601, with an offset or Z.
             */
            endTime?: string;
            title?: string;
            description?: string;
            appointmentStatus?: components["schemas"]["StatusIn"];
            /** @description Id of the user who meets the contact. */
            assignedUserId?: string;
            /** @description Where to meet; makes the meeting place custom. */
            address?: string;
            meetingLocationType?: components["schemas"]["MeetingKind"];
            meetingLocationId?: components["schemas"]["MeetingPlace"];
            overrideLocationConfig?: components["schemas"]["OverridePlace"];
            /** @description False keeps automations still. */
            toNotify?: boolean;
            /** @description Book in spite of the calendar's notice and range of dates. */
            ignoreDateRange?: boolean;
            /** @description Book in spite of everything. */
            ignoreFreeSlotValidation?: boolean;
            rrule?: components["schemas"]["RepetitionIn"];
        };
        /**
         * @description How the appointment stands.
         * @enum {string}
         */
        StatusIn: "new" | "confirmed" | "cancelled" | "showed" | "noshow" | "invalid";
        /**
         * @description How to meet.
         * @enum {string}
         */
        MeetingKind: "custom" | "zoom" | "gmeet" | "phone" | "address" | "ms_teams" | "google";
        /**
         * @description One of the places that the calendar or its team members are set up with.
         * @default default
         */
        MeetingPlace: string;
        /** @description True when only the kind of place is given, false when only its id is. */
        OverridePlace: boolean;
        /** @description An RRULE by RFC 5545 without DTSTART; needs ignoreFreeSlotValidation. */
        RepetitionIn: string;
        BlockSlotIn: {
            /** @description Sub-account of the calendar or user. */
            locationId: string;
            /** @description Whose time is blocked; not together with assignedUserId. */
            calendarId?: string;
            /** @description Whose time is blocked; not together with calendarId. */
            assignedUserId?: string;
            /** @description What the calendar shows. */
            title?: string;
            /**
             * Format: date-time
             * @description ISO 8601, with an offset or Z.
             */
            startTime?: string;
            /**
             * Format: date-time
             * @description ISO 8601, with an offset or Z.
             */
            endTime?: string;
        };
        NoteIn: {
            /** @description Text of the note. */
            body: string;
            /** @description Id of the user who writes. */
            userId?: string;
        };
        Nothing: Record<string, never>;
        Booking: {
            id: string;
            calendarId: string;
            locationId: string;
            contactId: string;
            startTime?: string;
            endTime?: string;
            title?: string;
            /** @enum {string} */
            appointmentStatus?: "new" | "confirmed" | "cancelled" | "showed" | "noshow" | "invalid" | "active" | "completed";
            assignedUserId?: string;
            address?: string;
            meetingLocationType?: string;
            isRecurring?: boolean;
            rrule?: string;
        };
        CalendarEvent: {
            /** @description Of the event or of one of its repetitions. */
            id: string;
            /** @description Of the event that this one repeats. */
            masterEventId?: string;
            calendarId: string;
            locationId: string;
            contactId: string;
            groupId: string;
            title: string;
            description?: string;
            notes?: string;
            address?: string;
            appointmentStatus: string;
            /** @description First of those who meet the contact. */
            assignedUserId: string;
            /** @description The others who meet the contact. */
            users: string[];
            /** @description Rooms and equipment. */
            assignedResources?: string[];
            isRecurring?: boolean;
            rrule?: string;
            createdBy?: {
                userId?: string;
                source: string;
            };
            startTime: string;
            endTime: string;
            dateAdded: string;
            dateUpdated: string;
        };
        BlockSlot: {
            id: string;
            locationId: string;
            calendarId?: string;
            assignedUserId?: string;
            title: string;
            startTime: string;
            endTime: string;
        };
        Note: {
            id?: string;
            contactId?: string;
            body?: string;
            userId?: string;
            dateAdded?: string;
            createdBy?: {
                id?: string;
                name?: string;
            };
        };
        DaySlots: {
            slots: string[];
        };
        CalendarGroup: {
            id?: string;
            locationId: string;
            name: string;
            description: string;
            slug: string;
            isActive?: boolean;
        };
        Calendar: {
            id: string;
            locationId: string;
            groupId?: string;
            name: string;
            description?: string;
            slug?: string;
            /** @description False for a draft. */
            isActive?: boolean;
            /** @enum {string} */
            calendarType?: "round_robin" | "event" | "class_booking" | "collective" | "service_booking" | "personal";
            /** @enum {string} */
            eventType?: "RoundRobin_OptimizeForAvailability" | "RoundRobin_OptimizeForEqualDistribution";
            /** @description Title of an appointment that gives none. */
            eventTitle?: string;
            teamMembers?: components["schemas"]["TeamMember"][];
            locationConfigurations?: components["schemas"]["PlaceSetting"][];
            slotDuration?: number;
            /** @enum {string} */
            slotDurationUnit?: "mins" | "hours";
            /** @description From one start to the next. */
            slotInterval?: number;
            /** @enum {string} */
            slotIntervalUnit?: "mins" | "hours";
            /** @description Kept free behind an appointment. */
            slotBuffer?: number;
            /** @enum {string} */
            slotBufferUnit?: "mins" | "hours";
            /** @description Kept free ahead of an appointment. */
            preBuffer?: number;
            /** @enum {string} */
            preBufferUnit?: "mins" | "hours";
            appoinmentPerSlot?: number;
            appoinmentPerDay?: number;
            /** @description How long ahead to book at the latest. */
            allowBookingAfter?: number;
            /** @enum {string} */
            allowBookingAfterUnit?: "hours" | "days" | "weeks" | "months";
            /** @description How far ahead to book. */
            allowBookingFor?: number;
            /** @enum {string} */
            allowBookingForUnit?: "days" | "weeks" | "months";
            autoConfirm?: boolean;
            allowReschedule?: boolean;
            allowCancellation?: boolean;
            notes?: string;
        };
        TeamMember: {
            userId: string;
            /** @enum {number} */
            priority?: 0 | 0.5 | 1;
            isPrimary?: boolean;
            locationConfigurations?: components["schemas"]["PlaceSetting"][];
        };
        PlaceSetting: {
            /** @enum {string} */
            kind: "custom" | "zoom_conference" | "google_conference" | "inbound_call" | "outbound_call" | "physical" | "booker" | "ms_teams_conference";
            location?: string;
            /** @description What meetingLocationId takes. */
            meetingId?: string;
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
    };
    responses: {
        /** @description The appointment as it was booked, without its dates of making and change. */
        OneBooking: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Booking"];
            };
        };
        /** @description The events, in one list. */
        EventList: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    events?: components["schemas"]["CalendarEvent"][];
                };
            };
        };
        /** @description The blocked time as it stands now. */
        OneBlockSlot: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["BlockSlot"];
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
        Version: "2021-04-15";
        /** @description Id of the event, or of one of its repetitions. */
        EventId: string;
        /** @description Id of the appointment. */
        AppointmentId: string;
        /** @description Id of the calendar. */
        CalendarId: string;
        /** @description Id of the sub-account to look in. */
        LocationId: string;
        /** @description Only in this calendar. */
        OfCalendar: string;
        /** @description Only of this user. */
        OfUser: string;
        /** @description Only in calendars of this group. */
        OfGroup: string;
        /** @description From when on, in epoch milliseconds. */
        StartTime: string;
        /** @description Until when, in epoch milliseconds. */
        EndTime: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "create-appointment": {
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
                "application/json": components["schemas"]["NewAppointment"];
            };
        };
        responses: {
            200: components["responses"]["OneBooking"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "get-appointment": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the event, or of one of its repetitions. */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The appointment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        event?: components["schemas"]["CalendarEvent"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "edit-appointment": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the event, or of one of its repetitions. */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AppointmentChange"];
            };
        };
        responses: {
            200: components["responses"]["OneBooking"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "delete-event": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the event, or of one of its repetitions. */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description Whether it worked. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        succeeded?: boolean;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "get-calendar-events": {
        parameters: {
            query: {
                /** @description Id of the sub-account to look in. */
                locationId: components["parameters"]["LocationId"];
                /** @description Only in this calendar. */
                calendarId?: components["parameters"]["OfCalendar"];
                /** @description Only of this user. */
                userId?: components["parameters"]["OfUser"];
                /** @description Only in calendars of this group. */
                groupId?: components["parameters"]["OfGroup"];
                /** @description From when on, in epoch milliseconds. */
                startTime: components["parameters"]["StartTime"];
                /** @description Until when, in epoch milliseconds. */
                endTime: components["parameters"]["EndTime"];
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
            200: components["responses"]["EventList"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "get-blocked-slots": {
        parameters: {
            query: {
                /** @description Id of the sub-account to look in. */
                locationId: components["parameters"]["LocationId"];
                /** @description Only in this calendar. */
                calendarId?: components["parameters"]["OfCalendar"];
                /** @description Only of this user. */
                userId?: components["parameters"]["OfUser"];
                /** @description Only in calendars of this group. */
                groupId?: components["parameters"]["OfGroup"];
                /** @description From when on, in epoch milliseconds. */
                startTime: components["parameters"]["StartTime"];
                /** @description Until when, in epoch milliseconds. */
                endTime: components["parameters"]["EndTime"];
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
            200: components["responses"]["EventList"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "create-block-slot": {
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
                "application/json": components["schemas"]["BlockSlotIn"];
            };
        };
        responses: {
            201: components["responses"]["OneBlockSlot"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "edit-block-slot": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the event, or of one of its repetitions. */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BlockSlotIn"];
            };
        };
        responses: {
            201: components["responses"]["OneBlockSlot"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "get-appointment-notes": {
        parameters: {
            query: {
                /** @description Notes on a page. */
                limit: number;
                /** @description How many notes to pass over first. */
                offset: number;
            };
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the appointment. */
                appointmentId: components["parameters"]["AppointmentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of notes, and whether there are more. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        notes?: components["schemas"]["Note"][];
                        hasMore?: boolean;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "create-appointment-note": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the appointment. */
                appointmentId: components["parameters"]["AppointmentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteIn"];
            };
        };
        responses: {
            201: components["responses"]["OneNote"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "update-appointment-note": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the appointment. */
                appointmentId: components["parameters"]["AppointmentId"];
                /** @description Id of the note. */
                noteId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteIn"];
            };
        };
        responses: {
            200: components["responses"]["OneNote"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "delete-appointment-note": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the appointment. */
                appointmentId: components["parameters"]["AppointmentId"];
                /** @description Id of the note. */
                noteId: string;
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
                        success?: boolean;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "get-calendars": {
        parameters: {
            query: {
                /** @description Id of the sub-account to look in. */
                locationId: components["parameters"]["LocationId"];
                /** @description Only in calendars of this group. */
                groupId?: components["parameters"]["OfGroup"];
                /** @description Whether to list drafts too. */
                showDrafted?: boolean;
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
            /** @description The calendars. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        calendars?: components["schemas"]["Calendar"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "get-calendar": {
        parameters: {
            query?: never;
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the calendar. */
                calendarId: components["parameters"]["CalendarId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The calendar. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        calendar: components["schemas"]["Calendar"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "get-slots": {
        parameters: {
            query: {
                /** @description From when on, in epoch milliseconds. */
                startDate: number;
                /** @description Until when, in epoch milliseconds. */
                endDate: number;
                /** @description IANA name of the zone that the answer is in. */
                timezone?: string;
                /** @description Only times of this user. */
                userId?: string;
                /** @description Only times of these users. */
                userIds?: string[];
            };
            header: {
                /** @description Generation of the API, by date. */
                Version: components["parameters"]["Version"];
            };
            path: {
                /** @description Id of the calendar. */
                calendarId: components["parameters"]["CalendarId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Times in ISO 8601 with an offset, by date such as 2024-10-28. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: components["schemas"]["DaySlots"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    "get-groups": {
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
            /** @description The groups. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        groups?: components["schemas"]["CalendarGroup"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
        };
    };
}
