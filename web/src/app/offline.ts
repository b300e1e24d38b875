// Keeps the page for use without a network, once it has settled. A built page names its service worker; the development
// server's has none.

export function workOffline(): void {
  const script = document.querySelector<HTMLMetaElement>('meta[name="service-worker"]')?.content;
  if (script === undefined || !('serviceWorker' in navigator)) return;
  addEventListener('load', () => {
    // Where it is not to be had (no secure context, a browser that keeps nothing) the page works as before.
    navigator.serviceWorker.register(new URL(script, document.baseURI)).catch(() => undefined);
  });
}
