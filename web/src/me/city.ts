import { reactive } from 'vue';

/** What the server says of itself; not known without a connection. */
export const city = reactive({ demo: false });
