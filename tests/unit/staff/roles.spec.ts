import { test } from '@japa/runner'
import { mayDo, PERMISSIONS, permissionsOf, ROLES } from '#staff/roles'

test.group('Roles', () => {
  test('an owner may do everything', ({ assert }) => {
    assert.deepEqual(permissionsOf('owner'), PERMISSIONS)
  })

  test('only an owner manages admins', ({ assert }) => {
    assert.deepEqual(
      ROLES.filter((role) => mayDo(role, 'admins.manage')),
      ['owner']
    )
  })

  test('read-only changes nothing', ({ assert }) => {
    assert.isTrue(permissionsOf('read-only').every((permission) => permission.endsWith('.view')))
  })
})
