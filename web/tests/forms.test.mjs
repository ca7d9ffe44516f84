// The checker of application forms, without a browser: it says of each vector what the server says (tests/forms/vectors.json).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import ts from 'typescript';
import { forms, from, schemaOf } from './forms.mjs';

const script = ts.transpileModule(await from('../src/hall/apply/check.ts'), { compilerOptions: { module: 'ESNext', target: 'ES2022' } }).outputText;
const { answered, faultsOf, isAsked } = await import(`data:text/javascript,${encodeURIComponent(script)}`);
const vectors = JSON.parse(await from('../../tests/forms/vectors.json'));

const sorted = (faults) => faults.map(({ field, key }) => `${field} ${key}`).sort();
test('each vector has the faults the server finds', () => {
  assert.ok(vectors.length >= 25);
  for (const { form, values, faults } of vectors) assert.deepEqual(sorted(faultsOf(schemaOf(forms[form]), values)), sorted(faults), JSON.stringify({ form, values }));
});

test('what is sent is what is asked and was answered; sent so, a form without faults stays one', () => {
  const food = schemaOf(forms.food);
  assert.equal(isAsked(food, 'canteen_of', { food_business: 'canteen' }), true);
  assert.deepEqual(answered(food, { shop_name: ' 榕 ', food_business: 'snack', canteen_of: '中学', opens_on: '', cold_dishes: true, cold_room: 6 }), { shop_name: '榕', food_business: 'snack', cold_dishes: true, cold_room: 6 });
  for (const { form, values, faults } of vectors) if (!faults.length) assert.deepEqual(faultsOf(schemaOf(forms[form]), answered(schemaOf(forms[form]), values)), []);
});
