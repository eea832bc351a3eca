import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Reading the code is most of what a short command does. Beside the code, as whoever may write there may change the code too;
// Node's own choice is a folder in /tmp, where another user may have put other code. Where it can't be written, there is none.
enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/boothsync'));
// What a module imports at its head is read before it runs: without the cache.
await import('./program.ts');
