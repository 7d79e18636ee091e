import factory from '@adonisjs/lucid/factories'
import Admin from '#staff/models/admin'
import type { Role } from '#staff/roles'

export const ADMIN_PASSWORD = 'correct horse battery staple'

/** An owner without a second factor; `merge({ role })` for another. */
export const AdminFactory = factory
  .define(Admin, ({ faker }) => ({
    email: faker.internet.email().toLowerCase(),
    fullName: faker.person.fullName(),
    password: ADMIN_PASSWORD,
    role: 'owner' as Role,
    timeZone: 'UTC',
    theme: 'auto' as const,
    createdAt: Date.now(),
    updatedAt: Date.now(),
    disabledAt: null,
    twoFactorEnabledAt: null,
  }))
  .state('disabled', (admin) => (admin.disabledAt = Date.now()))
  .build()
