import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import prettier from 'eslint-config-prettier';

export default tseslint.config(
  { ignores: ['dist', 'coverage', '.stryker-tmp', 'src/**/generated/**'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ClassDeclaration:not([superClass.name=/Error$/])',
          message: 'Plain data and functions; classes only for errors.',
        },
        { selector: 'TSEnumDeclaration', message: 'A union of literals, not an enum.' },
      ],
      'max-depth': ['error', 3],
      complexity: ['error', 20],
      // Functions are short; a factory holds the several that share its state.
      'max-lines-per-function': ['error', { max: 120, skipComments: true, skipBlankLines: true }],
      // Nothing here uses `this`: every method may be passed on.
      '@typescript-eslint/unbound-method': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  // All that is asked of a table stands in one factory.
  { files: ['src/store/*.ts'], rules: { 'max-lines-per-function': 'off' } },
  {
    files: ['test/**', 'bench/**', 'scripts/**'],
    rules: { 'max-lines-per-function': 'off', 'no-console': 'off', complexity: 'off' },
  },
  {
    files: ['**/*.js', '**/*.cjs'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      ...tseslint.configs.disableTypeChecked.languageOptions,
      globals: { process: 'readonly', console: 'readonly', module: 'writable' },
    },
  },
  // A command's last words before there is a log.
  { files: ['bin/**'], rules: { 'no-console': 'off' } },
  prettier,
);
