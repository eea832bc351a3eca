import { GHL_EVENTS } from '../../catalog/ghl/webhook-events.ts';
import { matchesGlob } from '../../model/glob.ts';
import type { Problem } from '../../model/problem.ts';
import { didYouMean } from '../nearest.ts';
import { problemAt } from '../problem-at.ts';
import { child, entriesOf, itemsOf, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';

/** Webhook events that HighLevel does not send. */
export function checkEvents(root: Node): readonly Problem[] {
  return entriesOf(child(root, 'sources')).flatMap(({ value }) => {
    const connection = textOf(child(value, 'connection')) ?? '';
    if (textOf(child(root, 'connections', connection, 'type')) !== 'ghl') return [];
    return itemsOf(child(value, 'webhook', 'events')).flatMap(unknownEvent);
  });
}

/** `Contact.*`: those that begin so; all where none does. */
function alike(event: string): readonly string[] {
  const [word = ''] = /^[A-Za-z]*/.exec(event)!;
  const same = GHL_EVENTS.filter((each) => each.toLowerCase().startsWith(word.toLowerCase()));
  return same.length > 0 ? same : GHL_EVENTS;
}

function unknownEvent(node: Node): readonly Problem[] {
  const event = textOf(node);
  if (event === undefined || event.includes('${') || GHL_EVENTS.some((known) => matchesGlob(event, known)))
    return [];
  const remedy =
    event === 'TaskUpdate'
      ? 'HighLevel tells of no edits of a task: poll them'
      : didYouMean(event.replaceAll('*', ''), alike(event), 'choose another');
  return [problemAt('unknown-event', node.at, `HighLevel sends no event "${event}"`, remedy)];
}
