import factory from '@adonisjs/lucid/factories'
import { plain } from '#database/factories/plain'
import Admin from '#staff/models/admin'
import type { Role } from '#staff/roles'

export const ADMIN_PASSWORD = 'correct horse battery staple'

let lastAdmin = 0

/** An owner without a second factor; `merge({ role })` for another. */
export const AdminFactory = factory
  .define(Admin, ({ faker }) => ({
    email: `admin${++lastAdmin}.${faker.internet.email().toLowerCase()}`,
    fullName: plain(faker.person.fullName()),
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
