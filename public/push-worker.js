// Shows what the portal pushes, and opens its page. It keeps nothing and answers no request of a page.
self.addEventListener('push', (event) => {
  const { title, text, href, tag } = event.data.json();
  event.waitUntil(
    self.registration.showNotification(title, { body: text, tag, icon: '/icon.svg', data: { href } }),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const { href } = event.notification.data;
  const open = async () => {
    const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
    const [page] = pages;
    if (!page) return self.clients.openWindow(href);
    await page.focus();
    return page.navigate(href);
  };
  event.waitUntil(open());
});
