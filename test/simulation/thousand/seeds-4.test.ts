import { promiseSeeds } from '../seeds.ts';

promiseSeeds(751, 1000);
