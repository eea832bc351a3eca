// Made by scripts/generate.ts from openapi/ghl: change those files, then run it again.
import type { paths as businesses } from './businesses.ts';
import type { paths as calendars } from './calendars.ts';
import type { paths as contacts } from './contacts.ts';
import type { paths as locations } from './locations.ts';
import type { paths as oauth } from './oauth.ts';
import type { paths as opportunities } from './opportunities.ts';
import type { paths as users } from './users.ts';
import type { paths as workflows } from './workflows.ts';

/** Every path of HighLevel's API that the catalogue knows. */
export type GhlPaths = businesses & calendars & contacts & locations & oauth & opportunities & users & workflows;
