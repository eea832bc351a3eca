/**
 * Seeds of the thousand that fail of faults which are known and not mended yet, and what they show: each is to go from here
 * with the fault.
 */
export const OPEN: ReadonlyMap<number, string> = new Map([
  [151, 'a booking wants no appointment, and has one'],
  [174, 'a list of notes that nothing pays for'],
  [400, 'a booking wants no task, and has one'],
  [505, 'a tag that no record wants any more stays'],
  [602, 'a call of an action that nothing pays for'],
  [613, 'a look for a contact that nothing pays for'],
  [721, 'a tag that no record wants any more stays'],
  [821, 'a contact holds an older record of two that share it'],
  [872, 'three calls that nothing pays for'],
  [882, 'a tag that no record wants any more stays'],
  [977, 'a tag that no record wants any more stays'],
]);
