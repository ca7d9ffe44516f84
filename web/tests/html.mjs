// html-validate on the page as it stands: what a browser forgives and a screen reader does not. As readable lines.
import { HtmlValidate } from 'html-validate';

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    'no-inline-style': 'off',  // in the DOM they are the CSSOM's; the policy sees to it that no page says any
    // How the browser writes the DOM down, or ours.
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'doctype-style': 'off',
    'no-trailing-whitespace': 'off',
    'void-style': 'off',
    'aria-label-misuse': ['error', { allowAnyNamable: true }],  // WAI-ARIA 1.2: a list may have a name
    'prefer-native-element': ['error', { exclude: ['listbox'] }],  // of a combobox: <select> cannot be typed into
    'valid-id': ['error', { relaxed: true }],  // names of operations have dots
  },
});

const lines = (report) =>
  report.results.flatMap(({ messages, source }) =>
    messages.map(({ ruleId, message, line, column }) => `${ruleId}: ${message}: ${(source ?? '').split('\n')[line - 1]?.slice(Math.max(0, column - 30), column + 90)}`),
  );

/** Findings in the DOM of a page. */
export const invalid = async (page) => lines(await validator.validateString(await page.content()));
/** Findings in a page as it was served. Its words may still be missing: a script fills them in. */
export const invalidText = async (text) => lines(await validator.validateString(text, { rules: { 'empty-heading': 'off', 'unique-landmark': 'off' } }));
