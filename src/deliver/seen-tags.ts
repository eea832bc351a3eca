import { targetIn } from '../catalog/resource.ts';

/** The tags of a target that an answer shows, where it does. */
export function seenTags(body: unknown, place: readonly string[]): { seenTags?: readonly string[] } {
  const tags = targetIn(body, place)?.['tags'];
  return Array.isArray(tags) ? { seenTags: tags.filter((tag) => typeof tag === 'string') } : {};
}
