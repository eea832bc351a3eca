import { resources } from './ghl/generated/resources.ts';
import type { Resource } from './resource.ts';

/** The resource that `to: <connection>.<name>` means, for a connection of type `ghl`. */
export function ghlResource(name: string): Resource | undefined {
  return resources.find((resource) => resource.name === name);
}

export const GHL_RESOURCES: readonly string[] = resources.map(({ name }) => name);
