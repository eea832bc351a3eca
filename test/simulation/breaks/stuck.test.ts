import { describe } from 'vitest';
import { promiseBreaks } from './breaks.ts';
import { STUCK } from './stuck.ts';

describe('a rule that is broken on purpose is seen', () => promiseBreaks(STUCK));
