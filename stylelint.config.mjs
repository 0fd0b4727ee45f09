/** Colour literals live only in src/styles/tokens/; everything else names a semantic token. */
export default {
  extends: ['stylelint-config-standard'],
  rules: {
    'color-no-hex': true,
    'color-named': 'never',
    'function-disallowed-list': [
      'rgb',
      'rgba',
      'hsl',
      'hsla',
      'oklch',
      'oklab',
      'lab',
      'lch',
      'hwb',
    ],
    'selector-class-pattern': null,
    'custom-property-pattern': null,
    'no-descending-specificity': null,
    'import-notation': null,
  },
  overrides: [
    {
      files: ['src/styles/tokens/*.css'],
      rules: { 'color-no-hex': null, 'function-disallowed-list': null },
    },
  ],
};
