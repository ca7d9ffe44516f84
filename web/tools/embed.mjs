// After the build: each text file of build/web/files gets a .gz beside it, and files.S lists all of them as
// base/embedded.h reads a table: name, begin, end.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const out = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../../build/web');
const folder = join(out, 'files');

function* files(at) {
  for (const name of readdirSync(at).sort()) {
    const path = join(at, name);
    if (statSync(path).isDirectory()) yield* files(path);
    else yield path;
  }
}

for (const path of [...files(folder)]) if (/\.(js|css|html|svg|json|webmanifest)$/.test(path)) writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));

let bytes = '.section .note.GNU-stack,"",@progbits\n.section .rodata\n';
let table = '';
[...files(folder)].forEach((path, n) => {
  bytes += `name_${n}: .asciz "${relative(folder, path)}"\n.balign 16\nbytes_${n}: .incbin "${path}"\nend_${n}: .byte 0\n`;
  table += `.quad name_${n}, bytes_${n}, end_${n}\n`;
});
writeFileSync(join(out, 'files.S'), `${bytes}.section .data.rel.ro,"aw"\n.balign 8\n.global banyan_web_table\nbanyan_web_table:\n${table}.quad 0, 0, 0\n`);
