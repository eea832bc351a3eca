/**
 * Seeds of the thousand that fail of faults which are known and not mended yet, and what they show: each is to go from here
 * with the fault.
 */
export const OPEN: ReadonlyMap<number, string> = new Map([
  [174, 'a list of notes that nothing pays for'],
  [241, 'a note under a contact that goes with a move: calls that nothing pays for'],
  [602, 'a call of an action that nothing pays for'],
  [613, 'a look for a contact that nothing pays for'],
  [623, 'it comes to no end: nobody knows yet whether the runner or the simulation goes in circles'],
  [721, 'a tag stays: a late call lands after the newer one that took it away'],
  [
    788,
    'two contacts whose people change places while a create is in doubt: each stands in the way of the other',
  ],
  [872, 'three calls that nothing pays for'],
  [977, 'a tag stays: a late create lands after its record moved, and another took it'],
]);
