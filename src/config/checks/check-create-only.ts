import { withArticle } from '../article.ts';
import type { Problem } from '../../model/problem.ts';
import { warningAt } from '../problem-at.ts';
import { ghlResourceOf } from '../target-of.ts';
import { child, entriesOf, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';

/** Fields that HighLevel takes with a create and refuses in an update: what changes later is not sent. */
export function checkCreateOnly(root: Node): readonly Problem[] {
  return entriesOf(child(root, 'syncs')).flatMap(({ value }) => {
    const resource = ghlResourceOf(root, value);
    return entriesOf(child(value, 'fields'))
      .filter(({ name }) => resource?.createOnly.includes(name))
      .filter((field) => !['create', 'empty'].includes(textOf(child(field.value, 'on')) ?? ''))
      .map(({ name, key }) => {
        const message = `"${name}" is only sent with a create: an update of ${withArticle(resource?.name ?? 'target')} refuses it`;
        const remedy = `write ${name}: { expr: …, on: create } to say that it is meant, or take it out`;
        return warningAt('create-only', key, message, remedy);
      });
  });
}
