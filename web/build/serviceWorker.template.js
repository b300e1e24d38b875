// Keeps this build for use without a network. Pages come from the network while there is one, so that a new build is
// seen at once; files whose names hold their hashes come from the cache. What is not of the build is left alone.

const VERSION = 'VERSION';
const FILES = ['FILES'];
const SCOPE = new URL('./', self.location.href).href;
const PREFIX = `innerloop ${SCOPE} `;
const CACHE = PREFIX + VERSION;
const PAGE = `${SCOPE}index.html`;
const KEPT = new Set(FILES.map((file) => new URL(file, SCOPE).href));

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)));
});

self.addEventListener('activate', (event) => {
  const stale = (name) => name.startsWith(PREFIX) && name !== CACHE;
  const clean = async () => {
    for (const name of await caches.keys()) if (stale(name)) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(clean());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = request.url.split(/[?#]/)[0];
  if (request.method !== 'GET') return;
  if (address === SCOPE || address === PAGE) {
    event.respondWith(fetch(request).catch(() => fromCache(PAGE)));
  } else if (KEPT.has(address)) {
    event.respondWith(fromCache(address).then((kept) => kept ?? fetch(request)));
  }
});

const fromCache = async (address) => (await caches.open(CACHE)).match(address);
