import type { Problem } from '../../model/problem.ts';
import { warningAt } from '../problem-at.ts';
import { child, entriesOf, entryAt, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';

/** A tolerance, or a timestamp that is signed, where the signature's header brings no time. */
export function checkTolerance(root: Node): readonly Problem[] {
  return entriesOf(child(root, 'connections')).flatMap(({ value }) => {
    const verify = child(value, 'webhook', 'verify');
    const format = textOf(child(verify, 'format'));
    if (textOf(child(verify, 'type')) !== 'hmac' || isTimed(format)) return [];
    const signed = entryAt(verify, 'signed');
    const isSigned = textOf(signed?.value)?.includes('{timestamp}') ?? false;
    const entry = isSigned ? signed : entryAt(verify, 'tolerance');
    if (!entry) return [];
    const message = `"${entry.name}" asks for the time of a delivery, and nothing says where it stands`;
    const remedy = 'add format: "t={timestamp},v1={signature}", as the header has it, or take the line out';
    return [warningAt('missing-property', entry.key, message, remedy)];
  });
}

/** A format that is wrong, or only known when something runs, tells nothing. */
function isTimed(format: string | undefined): boolean {
  return format !== undefined && !(format.includes('{signature}') && !/\{timestamp\}|\$\{/.test(format));
}
