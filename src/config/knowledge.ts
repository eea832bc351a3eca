import { createCatalog, type Catalog } from '../catalog/load.ts';
import { mappableFields } from '../catalog/mappable-fields.ts';
import { GHL_RESOURCES, ghlResource } from '../catalog/resources.ts';
import type { Knowledge } from './check.ts';
import { createShapeCheck } from './checks/check-schema.ts';
import type { ShapeCheck } from './checks/check-schema.ts';
import { readSchema } from './files/load.ts';
import type { Schema } from './json-schema.ts';
import { languageOf } from './language-of.ts';

/** The schema has the words for what is wrong: it is read where something is, once for each process. */
const shape: ShapeCheck = (() => {
  let schema: Schema | undefined;
  return createShapeCheck(() => (schema ??= readSchema()));
})();

/** What the checks need to know, the same for every config. Of HighLevel's documents only those are read that one asks for. */
export const knowledge: () => Knowledge = (() => {
  let gathered: Knowledge | undefined;
  return () => (gathered ??= gatherKnowledge());
})();

function gatherKnowledge(): Knowledge {
  const catalog = createCatalog();
  const known = new Map<string, readonly string[] | undefined>();
  function fields(name: string): readonly string[] | undefined {
    if (!known.has(name)) known.set(name, fieldsOf(catalog, name));
    return known.get(name);
  }
  return { shape, resources: GHL_RESOURCES, fields, catalog, language: languageOf };
}

/** What the resource's create takes. */
function fieldsOf(catalog: Catalog, name: string): readonly string[] | undefined {
  const resource = ghlResource(name);
  if (!resource) return undefined;
  const fields = Object.keys(mappableFields(resource, catalog.operation(resource.create.operation)));
  return resource.customFields ? [...fields, 'customFields'] : fields;
}
