import type { Problem } from '../../model/problem.ts';
import { problemAt, warningAt } from '../problem-at.ts';
import { child, entryAt, itemsOf, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';
import { foreignVariable } from '../variables.ts';

/** Addresses that nothing could be sent to. */
export function checkAlerts(root: Node): readonly Problem[] {
  return itemsOf(child(root, 'alerts')).flatMap((alert) => {
    const notify = child(alert, 'notify');
    switch (textOf(child(notify, 'type'))) {
      case 'webhook':
        return addressProblems(child(notify, 'url'), ['http:', 'https:'], 'https://hooks.example.com/alerts');
      case 'email':
        return [
          ...addressProblems(child(notify, 'smtp'), ['smtp:', 'smtps:'], 'smtp://USER:PASSWORD@HOST:587'),
          ...[...itemsOf(child(notify, 'to')), child(notify, 'from')].flatMap(mailProblems),
        ];
      case undefined:
      default:
        return [];
    }
  });
}

/** `over` where nothing asks how long something lasts. */
export function checkAlertCare(root: Node): readonly Problem[] {
  return itemsOf(child(root, 'alerts')).flatMap((alert) => {
    const over = entryAt(alert, 'over')?.key;
    const on = itemsOf(child(alert, 'on')).map((cause) => textOf(cause) ?? '');
    if (!over || on.some((cause) => cause === 'lag' || cause.includes('${'))) return [];
    const message = '"over" is for lag, which this alert does not tell of';
    return [warningAt('unused', over, message, 'add lag to "on", or remove it')];
  });
}

function addressProblems(
  node: Node | undefined,
  protocols: readonly string[],
  example: string,
): readonly Problem[] {
  const text = valueOf(node);
  if (!node || text === undefined) return [];
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && protocols.includes(url.protocol) && url.hostname !== '') return [];
  const kinds = protocols.map((protocol) => `${protocol}//`).join(' or ');
  return [
    problemAt('bad-value', node.at, `${shown(node)} is no ${kinds} address`, `write one such as ${example}`),
  ];
}

function mailProblems(node: Node | undefined): readonly Problem[] {
  const text = valueOf(node);
  if (!node || text === undefined || /^[^@]*[^@\s<]@[^@\s]+$/.test(text)) return [];
  return [
    problemAt(
      'bad-value',
      node.at,
      `${shown(node)} is no mail address`,
      'write one such as team@example.com',
    ),
  ];
}

/** Nothing where it is empty, or not known before something runs. */
function valueOf(node: Node | undefined): string | undefined {
  const text = textOf(node)?.trim();
  // What other languages fill in is told where variables are checked.
  const isFilled = text?.includes('${') || foreignVariable(text ?? '') !== undefined;
  return text === undefined || text === '' || isFilled ? undefined : text;
}

/** As it stands in the file: what was filled in may be a secret. */
function shown(node: Node): string {
  if (node.kind !== 'scalar') return 'this';
  return node.raw ?? JSON.stringify(node.value);
}
