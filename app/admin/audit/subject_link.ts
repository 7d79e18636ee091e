import router from '@adonisjs/core/services/router'

/** Page of what an audit entry is about, where there is one: the room of that name with a `show` route. */
const PAGES: Record<string, string> = {
  admin: 'admin.admins.show',
  customer: 'admin.customers.show',
  broadcast: 'admin.broadcasts.show',
}

export function subjectUrl(type: string, id: string): string | null {
  const route = PAGES[type]
  if (!route || !/^\d+$/.test(id) || !router.find(route)) return null
  return router.builder().params([id]).make(route)
}
