import { CAUSES, type AlertRule, type Notify } from '../../model/alert.ts';
import { decoded } from '../decoded.ts';
import { looseText, readChoice, readDuration } from '../read-values.ts';
import type { Reader } from '../read-values.ts';
import { child, itemsOf } from '../tree.ts';
import type { Node } from '../tree.ts';

const OVER_MS = 600_000;

/** `alerts` of a file in `folder`; one whose address is empty is off, and left out. */
export function compileAlerts(reader: Reader, node: Node | undefined, folder: string): readonly AlertRule[] {
  return itemsOf(node).flatMap((alert) => {
    const notify = compileNotify(reader, child(alert, 'notify'), folder);
    if (!notify) return [];
    const on = itemsOf(child(alert, 'on')).map((cause) => readChoice(reader, cause, CAUSES, 'dead-letter'));
    return [{ on: [...new Set(on)], overMs: readDuration(reader, child(alert, 'over'), OVER_MS), notify }];
  });
}

function compileNotify(reader: Reader, node: Node | undefined, folder: string): Notify | undefined {
  const text = (name: string) => looseText(child(node, name)).trim();
  const texts = (name: string) =>
    itemsOf(child(node, name)).flatMap((item) => {
      const value = looseText(item).trim();
      return value === '' ? [] : [value];
    });
  switch (text('type')) {
    case 'webhook': {
      const url = text('url');
      const format = readChoice(reader, child(node, 'format'), ['json', 'slack'], 'json');
      return url === '' ? undefined : { type: 'webhook', url, format };
    }
    case 'email': {
      const [to, smtp] = [texts('to'), text('smtp')];
      return to.length === 0 || smtp === ''
        ? undefined
        : { type: 'email', to, smtp, from: text('from') || senderOf(smtp, to) };
    }
    default: {
      const run = texts('run');
      return run.length === 0 ? undefined : { type: 'command', run, folder };
    }
  }
}

/** Whoever may send there; where that is no address, who gets it. */
function senderOf(smtp: string, to: readonly string[]): string {
  const user = URL.canParse(smtp) ? decoded(new URL(smtp).username) : '';
  return user.includes('@') ? user : to[0]!;
}
