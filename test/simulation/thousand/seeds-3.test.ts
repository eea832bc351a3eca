import { promiseSeeds } from '../seeds.ts';

promiseSeeds(501, 750);
