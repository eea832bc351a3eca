import { describe } from 'vitest';
import { promiseBreaks } from './breaks.ts';
import { CALLS } from './calls.ts';

describe('what costs a call too much, or comes back on the way, is seen', () => promiseBreaks(CALLS));
