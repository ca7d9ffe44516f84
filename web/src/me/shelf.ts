// What the browser keeps of a draft: its words under one key, each photograph under its own.
let opened: Promise<IDBDatabase> | undefined;

function shelf(): Promise<IDBDatabase> {
  return (opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open('banyan-me', 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore('kept');
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  }));
}

async function run<T>(mode: IDBTransactionMode, what: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const store = await shelf();
  return new Promise((done, failed) => {
    const change = store.transaction('kept', mode);
    const asked = what(change.objectStore('kept'));
    change.oncomplete = () => done(asked.result);
    change.onerror = change.onabort = () => failed(change.error);
  });
}

export const take = <T>(key: string) => run<T | undefined>('readonly', (store) => store.get(key) as IDBRequest<T | undefined>);
export const put = (key: string, value: unknown) => run('readwrite', (store) => store.put(value, key));
export const drop = (key: string) => run('readwrite', (store) => store.delete(key));
