import { promiseSeeds } from '../seeds.ts';

promiseSeeds(251, 500);
