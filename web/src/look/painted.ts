/** When what a key or a click changed has been painted, so that much can be drawn without that waiting for it. A page nobody sees is
 *  not painted. */
export const painted = () => new Promise<void>((done) => (document.hidden ? done() : requestAnimationFrame(() => setTimeout(done))));
