import { test } from '@japa/runner'
import router from '@adonisjs/core/services/router'
import type { ApiClient } from '@japa/api-client'
import { mayDo, ROLES, type Role } from '#staff/roles'
import { resetDatabase } from '#tests/support/database'
import { createAdmin, loginAs } from '#tests/support/staff'
import { ACCESS, type AccessRule } from '#tests/functional/admin/access_table'

const LOGIN = '/admin/login'
const NOBODY = 999_999

const panelRoutes = () =>
  Object.values(router.toJSON())
    .flat()
    .filter(({ name }) => name?.startsWith('admin.'))
    .map(({ name, pattern, methods }) => ({
      name: name!,
      path: pattern.replace(/:\w+\??/g, String(NOBODY)),
      method: methods.find((method) => method !== 'HEAD')!,
    }))

const admits = (rule: AccessRule, role: Role) => rule === 'visitor' || rule === 'admin' || mayDo(role, rule)

function request(client: ApiClient, { method, path }: { method: string; path: string }) {
  return client.request(path, method).redirects(0).withCsrfToken()
}

test.group('Who may do what', (group) => {
  group.each.setup(() => resetDatabase())

  test('every route of the panel has a written rule, and every rule a route', ({ assert }) => {
    const names = panelRoutes().map(({ name }) => name)
    assert.lengthOf(names, new Set(names).size)
    assert.sameMembers(names, Object.keys(ACCESS))
  })

  test('no route of the panel is without a name', ({ assert }) => {
    const nameless = Object.values(router.toJSON())
      .flat()
      .filter(({ pattern, name }) => pattern.startsWith('/admin') && !name)
    assert.deepEqual(
      nameless.map(({ pattern }) => pattern),
      []
    )
  })

  test('a visitor sees the login page and nothing behind it', async ({ client, assert }) => {
    await createAdmin()
    for (const route of panelRoutes()) {
      const response = await request(client, route)
      const sentToLogin = response.status() === 302 && response.header('location') === LOGIN
      if (ACCESS[route.name] === 'visitor') assert.notInclude([401, 403, 500], response.status(), route.name)
      else assert.isTrue(sentToLogin, `${route.name} answers a visitor with ${response.status()}`)
    }
  })

  for (const role of ROLES) {
    test(`${role} gets what the role admits and 403 for the rest`, async ({ client, assert }) => {
      const admin = await createAdmin({ role })
      for (const route of panelRoutes()) {
        const response = await loginAs(request(client, route), admin)
        const rule = ACCESS[route.name]
        if (!admits(rule, role)) {
          assert.equal(response.status(), 403, `${role} on ${route.name}`)
          continue
        }
        assert.notInclude([401, 403, 419, 500], response.status(), `${role} on ${route.name}`)
        if (rule !== 'visitor' && route.name !== 'admin.logout') assert.notEqual(response.header('location'), LOGIN)
      }
    })
  }
})
