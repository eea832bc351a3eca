/** A right config with a part of its text replaced. */
export type Edit = readonly [config: 'hire' | 'shop', part: string, by: string];

/** The same, wrong: `▶` in the new text stands before the character that the one problem must point at. */
export type Mistake = readonly [...Edit, code: string, word: string];
