import type { Problem } from '../../model/problem.ts';
import { problemAt } from '../problem-at.ts';
import { child, entriesOf, entryAt, textOf } from '../tree.ts';
import type { Entry } from '../tree.ts';

const ADDRESSES = ['authorizeUrl', 'tokenUrl'] as const;

/** What OAuth needs to know of an API that is not HighLevel. */
export function checkOAuth(connections: readonly Entry[]): readonly Problem[] {
  return connections.flatMap(({ name, value }) => {
    const auth = entryAt(value, 'auth');
    if (!auth || textOf(child(auth.value, 'type')) !== 'oauth') return [];
    if (textOf(child(value, 'type')) !== 'http') return [];
    return ADDRESSES.filter((address) => !entriesOf(auth.value).some((entry) => entry.name === address)).map(
      (address) =>
        problemAt(
          'missing-property',
          auth.key,
          `connections.${name}.auth has no ${address}`,
          `add ${address}: https://…, as the API's documentation of OAuth has it`,
        ),
    );
  });
}
