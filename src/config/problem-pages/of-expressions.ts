import type { ProblemPage } from './page.ts';

/** Expressions (JSONata) and texts with holes. */
export const OF_EXPRESSIONS = {
  expression: {
    title: "An expression can't be read",
    means:
      "It is no JSONata: a bracket or a quote is left open, an operator is another language's, a function gets too many arguments.",
    remedy:
      'Do what the message says. One = compares, & joins texts, functions begin with $, texts stand in quotes.',
    example: { part: `when: 'status = "Confirmed"'`, by: `when: 'status == "Confirmed"'` },
  },
  'unknown-variable': {
    title: 'Nothing gives this $name a meaning',
    means:
      'A word with $ is a function, a name under "let", or one that the runner gives, such as $event. Fields of the record have no $.',
    remedy: 'Take the $ away for a field, or correct the name.',
    example: { part: '$lowercase(email)', by: '$lowercase($email)' },
  },
  text: {
    title: "A text's holes are wrong",
    means:
      'A text is taken as it stands, but for its holes: {{ expression }}. A hole is left open, is none, or holds no expression.',
    remedy: 'Write {{ and }} around the expression, and nothing else.',
    example: { part: '"event:{{ event_type }}"', by: '"event:{{ event_type }"' },
  },
  'unknown-name': {
    title: 'No record has this field',
    means:
      'A bare word is the name of a field, and no record of the sample has one of that name. The expression would yield nothing, without a word.',
    remedy: 'Correct the name, put quotes around a text, or add the field to a record of the sample.',
    example: { part: '$lowercase(email)', by: '$lowercase(emial)' },
  },
  'not-equal': {
    title: 'Where the field is missing, != is false',
    means:
      'Where a side is missing, = and != are both false in JSONata: the records without the field are left out.',
    remedy: 'Write $not(field = "value"), which is true for them too.',
    example: { part: `when: 'status = "Confirmed"'`, by: `when: 'status != "Cancelled"'` },
  },
  'always-false': {
    title: 'A condition that no record meets',
    means:
      'The sync or the rule does nothing, ever: its condition contradicts itself, or compares a number with a text.',
    remedy: 'Correct the condition; to switch a sync off write enabled: false.',
    example: {
      part: `when: 'status = "Confirmed"'`,
      by: `when: 'status = "Confirmed" and status = "Paid"'`,
    },
  },
  'always-true': {
    title: 'Part of a condition that is always true',
    means: 'A text alone counts as true: a = "x" or "y" is true for every record, and so is $exists("name").',
    remedy: 'Repeat the comparison: a = "x" or a = "y"; take the quotes away from the name of a field.',
    example: { part: `when: 'status = "Confirmed"'`, by: `when: 'status = "Confirmed" or "Paid"'` },
  },
  'list-for-one': {
    title: 'A list where one value is wanted',
    means: 'The field, function or comparison takes one value, and gets several, for some records at least.',
    remedy: 'Join them: $join(list, ", "); or take one of them: (list)[0].',
    example: { part: '$lowercase(email)', by: 'extras.name' },
  },
  'never-written': {
    title: 'A field that is never written',
    means:
      'Its expression yields nothing for every record, and what yields nothing is left alone in the target.',
    remedy: 'Write { value: null } to clear the field, or remove the line.',
    example: { part: '$lowercase(email)', by: "'null'" },
  },
} as const satisfies Readonly<Record<string, ProblemPage>>;
