import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';
import { alertSendsIn, type AlertSends } from './alert-sends.ts';
import { alertsIn, type Alerts } from './alerts.ts';
import { credentialsIn, type Credentials } from './credentials.ts';
import { cursorsIn, type Cursors } from './cursors.ts';
import { deliveriesIn, type Deliveries } from './deliveries.ts';
import { aimedEventsIn, type AimedEvents } from './aimed-events.ts';
import { dueEventsIn, type DueEvents } from './due-events.ts';
import { eventQueriesIn, type EventQueries } from './event-queries.ts';
import { eventsIn, type Events } from './events.ts';
import { heldEventsIn, type HeldEvents } from './held-events.ts';
import { holdsIn, type Holds } from './holds.ts';
import { intentsIn, type Intents } from './intents.ts';
import { journalIn, type Journal } from './journal.ts';
import { lanesIn, type Lanes } from './lanes.ts';
import { linksIn, type Links } from './links.ts';
import { lookupsIn, type Lookups } from './lookups.ts';
import { membersIn, type Members } from './members.ts';
import { recordsIn, type Records } from './records.ts';
import { renamesIn, type Renames } from './renames.ts';
import { searchIn, type Search } from './search.ts';
import { tokensIn, type TokenRows } from './tokens.ts';
import { vaultIn, type VaultRows } from './vault.ts';
import { waitingEventsIn, type WaitingEvents } from './waiting-events.ts';

/** Everything the store holds, a table each. */
export interface Tables {
  readonly deliveries: Deliveries;
  readonly records: Records;
  readonly events: Events & AimedEvents & DueEvents & HeldEvents & WaitingEvents & EventQueries;
  readonly members: Members;
  readonly links: Links;
  readonly intents: Intents;
  readonly holds: Holds;
  readonly lanes: Lanes;
  readonly cursors: Cursors;
  readonly journal: Journal;
  readonly lookups: Lookups;
  readonly renames: Renames;
  readonly search: Search;
  readonly tokens: TokenRows;
  readonly credentials: Credentials;
  readonly vault: VaultRows;
  readonly alerts: Alerts;
  readonly alertSends: AlertSends;
}

export function tablesIn(db: Kysely<Database>): Tables {
  const events = eventsIn(db);
  return {
    deliveries: deliveriesIn(db),
    records: recordsIn(db),
    events: {
      ...events,
      ...aimedEventsIn(db),
      ...dueEventsIn(db),
      ...heldEventsIn(db),
      ...waitingEventsIn(db, events.postpone),
      ...eventQueriesIn(db),
    },
    members: membersIn(db),
    links: linksIn(db),
    intents: intentsIn(db),
    holds: holdsIn(db),
    lanes: lanesIn(db),
    cursors: cursorsIn(db),
    journal: journalIn(db),
    lookups: lookupsIn(db),
    renames: renamesIn(db),
    search: searchIn(db),
    tokens: tokensIn(db),
    credentials: credentialsIn(db),
    vault: vaultIn(db),
    alerts: alertsIn(db),
    alertSends: alertSendsIn(db),
  };
}
