import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { differencesOf, sentencesOf } from './compare-documents.ts';
import { fieldsOf, ourDocument, ourParts, writtenOperations } from './our-documents.ts';
import type { Fields } from './our-documents.ts';

// HighLevel's documents of the dated generation lie beside the repository on the machines where it is written.
const folder = new URL('../../../shared/reference/highlevel/apps/', import.meta.url);

/** Where ours says something else on purpose. Each must still differ, or its line has to go. */
const deliberate: readonly (readonly [where: RegExp, because: string])[] = [
  [/^search-contacts-advanced request$/, 'their schema is empty; ours is from the help pages'],
  [/^search-contacts-advanced (200|400|401)$/, 'they show no answer; ours is what clients read'],
  [/^get-duplicate-contact 200$/, 'they show no answer; ours is what clients read'],
  [/^create-association path type$/, 'they name {type} in the path and forget to declare it'],
  [
    /^(update|delete)-appointment-note path noteId$/,
    'they name {noteId} in the path and forget to declare it',
  ],
  [/ request dateOfBirth type$/, 'their object has a date as its example: it is text'],
  [
    /^(create|update|upsert)-contact request customFields\[\]\.field_value type$/,
    'their numbers are objects with 100 as example',
  ],
  [/^upsert-opportunity request monetaryValue type$/i, 'an object there, a number in the other two bodies'],
  [
    / \d+ (contact|contacts\[\])\.customFields\[\]\.value type$/,
    'only text there, though lists and numbers go in',
  ],
  [
    / \d+ (opportunity|opportunities\[\])\.customFields\[\]\.fieldValue\[\] type$/,
    'lists of text or objects there, of anything here',
  ],
  [
    / \d+ (event\.|events\[\]\.)?(startTime|endTime|dateAdded|dateUpdated) type$/,
    'their objects have times as examples: text',
  ],
  [
    / \d+ (opportunity|opportunities\[\])\.(notes|tasks|calendarEvents|followers)\[\] type$/,
    'lists of lists there',
  ],
  [/^task-search 200 tasks\[\] type$/, 'lists of lists there'],
  [/^get-pipelines 200 pipelines\[\]\.stages\[\]/, 'lists of lists there; clients read objects'],
  [
    /^upsert-opportunity 200 opportunity\./i,
    'an object of unknown shape there; ours is what reading answers',
  ],
  [/^create-contact 400 meta/, 'the duplicate that many clients report'],
  [
    /^(create|edit)-block-slot request required$/,
    'they require calendarId, and say that assignedUserId does as well',
  ],
];

if (!existsSync(folder)) {
  test('the official documents are not on this machine: documents.test.ts checks ours by themselves', () => {
    expect(ourParts).not.toEqual([]);
  });
} else {
  const official = new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => [name.slice(0, -'.json'.length), officialDocument(name)]),
  );
  const differences = ourParts.flatMap((part) => differencesOf(ourDocument(part), official.get(part) ?? {}));

  describe('the official documents', () => {
    test('agree with ours in everything that ours declares', () => {
      expect(differences.filter((where) => !deliberate.some(([pattern]) => pattern.test(where)))).toEqual([]);
    });

    test.each(deliberate)('still differ at %s: %s', (pattern) => {
      expect(differences.some((where) => pattern.test(where))).toBe(true);
    });

    test.each(['contacts', 'oauth', 'opportunities', 'businesses'])(
      'have no operation of %s that ours lacks',
      (part) => {
        const [ours, theirs] = [ourDocument(part), official.get(part) ?? {}].map((document) =>
          writtenOperations(document).map(({ id }) => id),
        );

        expect(ours?.toSorted()).toEqual(theirs?.toSorted());
      },
    );

    test('share no sentence with ours', () => {
      const theirs = new Set([...official.values()].flatMap(sentencesOf));
      const copied = ourParts.flatMap((part) =>
        sentencesOf(ourDocument(part)).filter((sentence) => theirs.has(sentence)),
      );

      expect(theirs.size).toBeGreaterThan(1000);
      expect(copied).toEqual([]);
    });
  });
}

/** References to the shared errors point into a second file; here they become local ones. */
function officialDocument(name: string): Fields {
  const common = fieldsOf(JSON.parse(readFileSync(new URL('../common/common-schemas.json', folder), 'utf8')));
  const text = readFileSync(new URL(name, folder), 'utf8').replaceAll('../common/common-schemas.json#', '#');
  const document = fieldsOf(JSON.parse(text));
  const components = fieldsOf(document['components']);
  const schemas = {
    ...fieldsOf(components['schemas']),
    ...fieldsOf(fieldsOf(common['components'])['schemas']),
  };
  return { ...document, components: { ...components, schemas } };
}
