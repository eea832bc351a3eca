import { promiseSeeds } from '../seeds.ts';

promiseSeeds(1, 250);
