import { readFile } from 'node:fs/promises';
import { scopesOfText } from '../../config/validate.ts';
import { partsOf, type Choices } from './choices.ts';
import { envExample } from './env-example.ts';
import { fromTemplate } from './template.ts';

/** A file of a new config. */
export interface StarterFile {
  /** In the config's folder. */
  readonly path: string;
  readonly text: string;
  readonly means: string;
  /** They belong together: where one of them is there already, none is written. */
  readonly core: boolean;
}

/** All files that `init` writes for these choices, but for the key and `.gitignore`. */
export async function starterFiles(choices: Choices, version: string): Promise<readonly StarterFile[]> {
  const name = choices.source === 'other' ? 'other' : 'boothbook';
  const parts = partsOf(choices);
  const config = fromTemplate(await template(`${name}.yaml`), parts);
  const tests = fromTemplate(await template(`${name}.tests.yaml`), parts);
  const workflow = (await template('workflow.yaml')).replaceAll('VERSION', version);
  const scopes = scopesOfText(config, 'ghl');
  const file = (path: string, text: string, means: string, core = false) => ({ path, text, means, core });
  return [
    file('sync.config.yaml', config, 'the config', true),
    file('sync.config.test.yaml', tests, 'its mapping tests', true),
    file('samples/bookings.json', await template(`${name}.sample.json`), 'made-up records', true),
    file('.env.example', envExample(config, scopes), 'what it needs from the environment'),
    file('.github/workflows/boothsync.yml', workflow, 'checks each change on GitHub'),
    file('sync.schema.json', await schema(), 'for your editor'),
  ];
}

/** `templates/` and `schemas/` lie in the package's root, three levels above both `src/cli/init` and `dist/cli/init`. */
function template(name: string): Promise<string> {
  return readFile(new URL(`../../../templates/${name}`, import.meta.url), 'utf8');
}

function schema(): Promise<string> {
  return readFile(new URL('../../../schemas/sync.schema.json', import.meta.url), 'utf8');
}
