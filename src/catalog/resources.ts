import { contact } from './ghl/contact.ts';
import type { Resource } from './resource.ts';

const GHL: Readonly<Record<string, Resource>> = { contact };

/** The resource that `to: <connection>.<name>` means, for a connection of type `ghl`. */
export function ghlResource(name: string): Resource | undefined {
  return Object.hasOwn(GHL, name) ? GHL[name] : undefined;
}

export const GHL_RESOURCES: readonly string[] = Object.keys(GHL);
