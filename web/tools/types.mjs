// Types of the API's answers from a running server's description: node tools/types.mjs http://127.0.0.1:12345 [--check]
// Only what a client needs: paths, parameters, bodies, good answers. Forms of steps are read at run time from the rulebook.
import { readFile, writeFile } from 'node:fs/promises';
import openapi, { astToString } from 'openapi-typescript';

const file = new URL('../src/api/types.ts', import.meta.url);
const head = '// Made by tools/types.mjs from /openapi.json; a browser test compares it with the server. Not edited by hand.\n';

/** What the types are made from: no forms of steps, no pages, no refusals. */
export function essential(description) {
  const { paths, components } = structuredClone(description);
  for (const [path, operations] of Object.entries(paths)) {
    for (const operation of Object.values(operations)) {
      if (operation.tags?.includes('pages')) delete paths[path];
      for (const status of Object.keys(operation.responses)) if (!status.startsWith('2')) delete operation.responses[status];
    }
  }
  for (const name of Object.keys(components.schemas)) if (name.startsWith('form.')) delete components.schemas[name];
  return { openapi: description.openapi, info: { title: 'Banyan', version: '1' }, paths, components: { schemas: components.schemas, parameters: components.parameters } };
}

export async function types(description) {
  const lines = astToString(await openapi(essential(description), { emptyObjectsUnknown: true })).split('\n');
  const kept = lines.filter((line) => !/^\s*(\/\*\*.*\*\/|\/\*\*|\*.*|\*\/|\w+\?: never;|[\w"]+: never;)$/.test(line));
  return `${head}/* eslint-disable */\n${kept.join('\n')}`;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [address, check] = process.argv.slice(2);
  const made = await types(await (await fetch(`${address}/openapi.json`)).json());
  if (check !== '--check') await writeFile(file, made);
  else if (made !== (await readFile(file, 'utf8'))) {
    console.error('src/api/types.ts is not what the server describes: node tools/types.mjs ADDRESS makes it anew');
    process.exit(1);
  }
}
