import { GHL_EVENTS } from '../../catalog/ghl/webhook-events.ts';
import { matchesGlob } from '../../model/glob.ts';
import type { Problem } from '../../model/problem.ts';
import { didYouMean } from '../nearest.ts';
import { problemAt } from '../problem-at.ts';
import { child, entriesOf, itemsOf, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';

/** Webhook events that HighLevel does not send, and several that are written as one. */
export function checkEvents(root: Node): readonly Problem[] {
  return entriesOf(child(root, 'sources')).flatMap(({ value }) => {
    const connection = textOf(child(value, 'connection')) ?? '';
    const isGhl = textOf(child(root, 'connections', connection, 'type')) === 'ghl';
    return itemsOf(child(value, 'webhook', 'events')).flatMap(
      (event) => severalInOne(event) ?? (isGhl ? unknownEvent(event) : []),
    );
  });
}

/** `task.created, task.updated`: the names in a text that would be taken for one. */
export function eventsIn(text: string): readonly string[] {
  return text.split(/\s*,\s*|\s+/).filter((name) => name !== '');
}

function severalInOne(node: Node): readonly Problem[] | undefined {
  const text = textOf(node) ?? '';
  const names = eventsIn(text);
  if (!text.includes(',') || text.includes('${') || names.length < 2) return undefined;
  const message = `"${text}" is taken for the name of one event`;
  return [problemAt('unknown-event', node.at, message, `write a list: [${names.join(', ')}]`)];
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
