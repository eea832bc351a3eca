/** The config that the examples of docs/errors.md are edits of: right, and in need of no environment. */
export const EXAMPLE_CONFIG = `version: 1
timezone: Europe/London
connections:
  booth:
    type: http
    baseUrl: https://booth.example
    rateLimit: { requests: 60, per: 1m }
  ghl:
    type: ghl
    location: "\${GHL_LOCATION_ID:-abc}"
    auth: { type: token, token: "\${GHL_TOKEN:-pit}" }
sources:
  bookings:
    connection: booth
    sample: bookings.json
    key: booking_id
    poll:
      every: 10m
      request: { path: /bookings }
      records: data
syncs:
  contacts:
    from: bookings
    to: ghl.contact
    fields:
      email: $lowercase(email)
      city: $table("towns", town, "Other")
    tags:
      - when: 'status = "Confirmed"'
        add: "event:{{ event_type }}"
  tasks:
    from: bookings
    to: ghl.task
    parent: contacts
    fields:
      title: { text: "Call {{ first_name }}" }
      dueDate: $zoned(event_date & " 09:00")
tables:
  towns: { LS: Leeds, YO: York }
`;

/** \`bookings.json\` beside it. */
export const EXAMPLE_SAMPLE = `[
  {
    "booking_id": 1, "status": "Confirmed", "first_name": "Ann", "email": "ann@example.com", "town": "LS",
    "event_type": "Wedding", "event_date": "2026-06-14", "extras": [{ "name": "Props" }, { "name": "Album" }]
  },
  { "booking_id": 2, "first_name": "Joe", "email": "", "town": "YO", "event_date": "2026-07-03", "extras": [] }
]
`;
