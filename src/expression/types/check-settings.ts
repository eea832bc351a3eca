import { isSupportedCountry } from '../functions/phone-numbers.ts';
import { checkZone } from '../functions/zone.ts';
import type { Node } from '../syntax-tree.ts';
import { blame, written } from './infer-scope.ts';
import type { InferScope } from './infer-scope.ts';
import { constantOf } from './static-type.ts';
import type { StaticType } from './static-type.ts';

/** What the second argument of a function of ours says: a time zone, a country, a row of a table. */
export function checkSettings(
  name: string,
  nodes: readonly Node[],
  types: readonly StaticType[],
  scope: InferScope,
): void {
  if (name === 'table') checkTableKey(nodes, scope);
  if (nodes[1] && types[1]) checkSetting(name, nodes[1], types[1], scope);
}

/** `$table("plans", "plan")`, where `plan` is a field: the same row for every record. */
function checkTableKey([table, key]: readonly Node[], scope: InferScope): void {
  if (key?.type !== 'string' || !scope.input.fields?.has(String(key.value))) return;
  const field = String(key.value);
  const message = `"${field}" in quotes is the word itself, not the field`;
  const remedy = `write $table(${(table && written(table, scope)) ?? '…'}, ${field})`;
  blame(key, scope, { of: 'value', message, remedy });
}

/** A time zone or a country that is written out must be one. */
function checkSetting(name: string, node: Node, type: StaticType, scope: InferScope): void {
  if (name === 'zoned' && node.type === 'unary' && node.value === '{') checkOptions(node, scope);
  const constant = constantOf(type);
  if (name === 'e164' && typeof constant === 'number') {
    const message = `\`$e164\` takes a country here, and ${constant} is a number`;
    blame(node, scope, { of: 'value', message, remedy: 'write two letters of ISO 3166, such as "GB"' });
  }
  if (typeof constant !== 'string') return;
  const isZone = (name === 'zoned' || name === 'date') && !knownZone(constant);
  const isCountry = name === 'e164' && !isSupportedCountry(constant);
  if (!isZone && !isCountry) return;
  const message = `there is no ${isZone ? 'time zone' : 'country'} "${constant}"`;
  const remedy = isZone ? zoneRemedy(name, constant) : `write two letters of ISO 3166, such as "GB"`;
  blame(node, scope, { of: 'value', message, remedy });
}

/** `$zoned(x, { "zone": …, "after": … })` refuses any other name, on every record. */
function checkOptions(node: Node, scope: InferScope): void {
  for (const [key, value] of node.lhs as [Node, Node][]) {
    if (key.type !== 'string') continue;
    if (key.value === 'zone') checkSetting('zoned', value, scope.infer(value, scope), scope);
    if (key.value === 'zone' || key.value === 'after') continue;
    const message = `\`$zoned\` takes "zone" and "after", not ${JSON.stringify(key.value)}`;
    blame(key, scope, { of: 'value', message, remedy: 'write one of the two' });
  }
}

/** What stands where a zone does may be a time of day, or a form of dates as other languages have it. */
function zoneRemedy(name: string, written: string): string {
  if (/^\d{1,2}[:.]\d\d/.test(written))
    return `the second argument is a time zone; a day and a time are joined: $zoned(… & " ${written}")`;
  if (/^[DMYdmyHhs./,:\- ]+$/.test(written) && /[Yy]/.test(written))
    return name === 'date'
      ? '$date writes 2026-06-14; for another form write $fromMillis($toMillis(…), "[D01].[M01].[Y0001]")'
      : '$zoned takes 2026-06-14 19:00 alone: give it no form';
  return `write an IANA name such as "${zoneOf(written) ?? 'Europe/London'}"`;
}

/** The zone of a city. */
function zoneOf(city: string): string | undefined {
  return Intl.supportedValuesOf('timeZone').find((each) => each.endsWith(`/${city}`));
}

function knownZone(zone: string): boolean {
  try {
    return checkZone(zone) === zone;
  } catch {
    return false;
  }
}
