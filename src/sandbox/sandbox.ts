import { startBoothbook } from './boothbook/start-boothbook.ts';
import type { RunningBoothbook } from './boothbook/start-boothbook.ts';
import type { BoothbookOptions } from './boothbook/boothbook.ts';
import { seedIds } from './ghl/seed-location.ts';
import { startGhl } from './ghl/start-ghl.ts';
import type { RunningGhl } from './ghl/start-ghl.ts';
import type { GhlOptions } from './ghl/ghl.ts';

export interface SandboxOptions {
  readonly boothbook?: BoothbookOptions;
  readonly ghl?: GhlOptions;
  /** How many made-up bookings BoothBook starts with; 0 unless told. */
  readonly bookings?: number;
  /** YYYY-MM-DD around which they lie; today unless told. */
  readonly baseDate?: string;
}

export interface Sandbox {
  readonly boothbook: RunningBoothbook;
  readonly ghl: RunningGhl;
  /** What a config's `${NAME}` needs to reach both. */
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** Starts a simulated BoothBook and a simulated GHL on 127.0.0.1. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const boothbook = await startBoothbook(options.boothbook);
  const ghl = await startGhl(options.ghl);
  const baseDate = options.baseDate ?? new Date().toISOString().slice(0, 10);
  if (options.bookings) boothbook.seed(options.bookings, { baseDate });
  return {
    boothbook,
    ghl,
    env: {
      BOOTHBOOK_URL: boothbook.url,
      BOOTHBOOK_KEY: boothbook.key,
      BOOTHBOOK_SECRET: boothbook.secret,
      BOOTHBOOK_WEBHOOK_SECRET: 'sandbox-webhook-secret.boothbook',
      GHL_URL: ghl.url,
      GHL_TOKEN: ghl.token,
      GHL_LOCATION_ID: ghl.locationId,
      GHL_CALENDAR_ID: ghl.calendarId,
      GHL_USER_ID: seedIds.user,
      GHL_PIPELINE_ID: seedIds.pipeline,
      GHL_STAGE_ID: seedIds.stages[0],
      WELCOME_WORKFLOW: seedIds.workflow,
    },
    close: async () => {
      await Promise.all([boothbook.close(), ghl.close()]);
    },
  };
}
