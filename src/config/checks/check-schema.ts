import type { ErrorObject, ValidateFunction } from 'ajv';
import { explainShape } from '../explain-shape.ts';
import type { Explained } from '../explain-shape.ts';
import { validate as generated } from '../generated/shape.ts';
import type { Schema } from '../json-schema.ts';
import { valueOf } from '../tree.ts';
import type { Node, Path } from '../tree.ts';

export type ShapeCheck = (root: Node) => Explained;

const validate = generated as ValidateFunction;

/** `schemaOf` yields the schema whose check was generated, for the words for what is wrong. */
export function createShapeCheck(schemaOf: () => Schema): ShapeCheck {
  return (root) => {
    if (validate(valueOf(root))) return { problems: [], renames: [] };
    const schema = schemaOf();
    const groups = groupsOf(validate.errors ?? []);
    const explained = [...groups].map(([pointer, errors]) => {
      const above = groups.get(pointer.slice(0, pointer.lastIndexOf('/'))) ?? [];
      return explainShape({ root, path: pathOf(pointer), errors, above, schema });
    });
    return {
      problems: explained.flatMap(({ problems }) => problems),
      renames: explained.flatMap(({ renames }) => renames),
    };
  };
}

/** The errors of each place: one mistake there has several, from each alternative that didn't fit. */
function groupsOf(errors: readonly ErrorObject[]): ReadonlyMap<string, readonly ErrorObject[]> {
  const groups = new Map<string, ErrorObject[]>();
  for (const error of errors) {
    const group = groups.get(error.instancePath);
    if (group) group.push(error);
    else groups.set(error.instancePath, [error]);
  }
  return groups;
}

function pathOf(pointer: string): Path {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}
