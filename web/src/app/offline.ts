// Keeps the page for use without a network, once it has settled.

export function workOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  addEventListener('load', () => {
    // Where it is not to be had (no secure context, a browser that keeps nothing) the page works as before.
    navigator.serviceWorker.register(new URL('sw.js', document.baseURI)).catch(() => undefined);
  });
}
