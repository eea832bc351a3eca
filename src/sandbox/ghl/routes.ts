import { appointmentNoteRoutes } from './appointment-notes.ts';
import { appointmentRoutes } from './appointments.ts';
import { blockSlotRoutes } from './block-slots.ts';
import { businessRoutes } from './businesses.ts';
import { calendarRoutes } from './calendars.ts';
import { contactBulkRoutes } from './contact-bulk.ts';
import { contactSearchRoutes } from './contact-search.ts';
import { contactRoutes } from './contacts.ts';
import { locationRoutes } from './locations.ts';
import { noteRoutes } from './notes.ts';
import { opportunityRoutes } from './opportunities.ts';
import { opportunitySearchRoutes } from './opportunity-search.ts';
import type { Route } from './route.ts';
import { tagRoutes } from './tags.ts';
import { taskRoutes } from './tasks.ts';
import { userRoutes } from './users.ts';
import { workflowRoutes } from './workflows.ts';

/** Every operation that the simulated GHL has. */
export const routes: readonly Route[] = [
  ...contactRoutes,
  ...contactSearchRoutes,
  ...contactBulkRoutes,
  ...tagRoutes,
  ...taskRoutes,
  ...noteRoutes,
  ...calendarRoutes,
  ...appointmentRoutes,
  ...blockSlotRoutes,
  ...appointmentNoteRoutes,
  ...opportunityRoutes,
  ...opportunitySearchRoutes,
  ...businessRoutes,
  ...locationRoutes,
  ...userRoutes,
  ...workflowRoutes,
];
