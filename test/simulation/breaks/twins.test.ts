import { describe } from 'vitest';
import { promiseBreaks } from './breaks.ts';
import { TWINS } from './twins.ts';

describe('a rule that is broken on purpose is seen', () => promiseBreaks(TWINS));
