import js from '@eslint/js';
import globals from 'globals';

export default [
  { ignores: ['**/vendor/**'] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2023, sourceType: 'module', globals: { ...globals.browser, uPlot: 'readonly' } },
    rules: {
      'no-unused-vars': ['error', { args: 'after-used', argsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'prefer-const': ['error', { destructuring: 'all' }],
      'no-var': 'error',
      'no-implicit-globals': 'error',
      'no-eval': 'error',
      'no-shadow': ['error', { builtinGlobals: false, hoist: 'functions' }],
    },
  },
];
