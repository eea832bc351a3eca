import { describe } from 'vitest';
import { promiseBreaks } from './breaks.ts';
import { LOSSES } from './losses.ts';

describe('a rule that is broken on purpose is seen', () => promiseBreaks(LOSSES));
