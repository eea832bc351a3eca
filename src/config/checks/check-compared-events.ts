import { textsComparedWith } from '../../expression/compared-texts.ts';
import { matchesGlob } from '../../model/glob.ts';
import type { Problem } from '../../model/problem.ts';
import { eventsIn } from './check-events.ts';
import { spanInside } from '../fill-variables.ts';
import { nearest } from '../nearest.ts';
import { placesOf } from '../places.ts';
import type { Place } from '../places.ts';
import { warningAt } from '../problem-at.ts';
import type { Texts } from '../texts.ts';
import { child, itemsOf, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';

/** `$event = "task.deleted"` where the source takes no such event: the comparison is never true. */
export function checkComparedEvents(root: Node, texts: Texts): readonly Problem[] {
  return placesOf(root).flatMap((place) => {
    if (place.is !== 'expression' || !String(place.node.value).includes('$event')) return [];
    const source = sourceOf(root, place);
    if (!source || child(source, 'resource')) return [];
    const compared = textsComparedWith(String(place.node.value), 'event');
    return compared.flatMap((text) => {
      const wrong = wrongEvent(source, text.name, place);
      const at = spanInside(texts, place.node, text.offset, text.length);
      return wrong ? [warningAt('unknown-event', at, ...wrong)] : [];
    });
  });
}

function sourceOf(root: Node, { path, variables }: Place): Node | undefined {
  const [block, name = ''] = path.map(String);
  const source = block === 'sources' ? name : textOf(child(root, 'syncs', name, 'from'));
  return source === undefined || !variables?.includes('event') ? undefined : child(root, 'sources', source);
}

/** Why the source never has such an event, and what to do. */
function wrongEvent(
  source: Node,
  name: string,
  { path }: Place,
): readonly [message: string, remedy: string] | undefined {
  if (name === '') return undefined;
  // Other expressions may serve several sources.
  if (!child(source, 'webhook'))
    return path[2] === 'deleted'
      ? [
          `the source takes no webhooks: $event is nothing here, and never "${name}"`,
          'add "webhook:" to the source, or take the comparison out',
        ]
      : undefined;
  const events = itemsOf(child(source, 'webhook', 'events')).flatMap((each) => {
    const text = textOf(each) ?? '';
    return text.includes(',') ? eventsIn(text) : [text];
  });
  const isOpen = events.length === 0 || events.some((each) => each === '' || each.includes('${'));
  if (isOpen || events.some((each) => matchesGlob(each, name))) return undefined;
  const near = nearest(
    name,
    events.filter((each) => !each.includes('*')),
  );
  return [
    `the source takes no event "${name}": its webhook.events are ${events.join(', ')}`,
    near === undefined
      ? 'name one of these, or add it to them'
      : `add it to them; or did you mean "${near}"?`,
  ];
}
