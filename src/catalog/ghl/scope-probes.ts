import type { Json } from '../../model/json.ts';

/** A call that only reads, and that HighLevel refuses where the scope is missing, whatever else it thinks of it. */
export interface ScopeProbe {
  readonly operation: string;
  readonly query?: Readonly<Record<string, Json>>;
}

/** By scope. What is not here can't be asked without writing. */
export const SCOPE_PROBES: Readonly<Record<string, ScopeProbe>> = {
  'businesses.readonly': { operation: 'get-businesses-by-location' },
  'calendars.readonly': { operation: 'get-calendars' },
  // A user that nobody is, and a millisecond of 1970: there is nothing to answer.
  'calendars/events.readonly': {
    operation: 'get-calendar-events',
    query: { userId: 'boothsync-check', startTime: '0', endTime: '1' },
  },
  // RFC 2606: nobody has such an address.
  'contacts.readonly': { operation: 'get-duplicate-contact', query: { email: 'check@boothsync.invalid' } },
  'locations.readonly': { operation: 'get-location' },
  'locations/customFields.readonly': { operation: 'get-custom-fields', query: { model: 'all' } },
  'locations/tags.readonly': { operation: 'get-location-tags' },
  'opportunities.readonly': { operation: 'get-pipelines' },
  'users.readonly': { operation: 'get-user-by-location' },
  'workflows.readonly': { operation: 'get-workflow' },
};
