// What needs TypeScript's types, and the length of files; everything else is in biome.json.
import { parser, plugin } from 'typescript-eslint';

export default [
  {
    files: ['extension/**/*.ts', 'webview/**/*.ts', 'test/**/*.ts', '*.ts'],
    ignores: ['test/workbench/vscode/**', '**/fixtures/**'],
    plugins: { '@typescript-eslint': plugin },
    languageOptions: { parser, parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-floating-promises': ['error', { checkThenables: true }],
      'max-lines': ['error', 350],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
    },
  },
];
