/** What an admin may do, domain first. The panel, the bot and the API ask for these, never for a role. */
export const PERMISSIONS = [
  'dashboard.view',
  'customers.view',
  'customers.write',
  'customers.ban',
  'customers.anonymise',
  'broadcasts.view',
  'broadcasts.edit',
  'broadcasts.send',
  'notifications.view',
  'notifications.manage',
  'ledger.view',
  'ledger.adjust',
  'ledger.limits',
  'payments.view',
  'payments.manage',
  'payments.settle',
  'payments.refund',
  'stars.view',
  'stars.packages',
  'stars.deliver',
  'stars.refund',
  'stars.provider',
  'approvals.view',
  'approvals.decide',
  'settings.view',
  'settings.edit',
  'health.view',
  'health.manage',
  'audit.view',
  'security.view',
  'admins.view',
  'admins.manage',
] as const
export type Permission = (typeof PERMISSIONS)[number]

export const ROLES = ['owner', 'manager', 'finance', 'support', 'read-only'] as const
export type Role = (typeof ROLES)[number]

export const ROLE_NAMES: Record<Role, string> = {
  owner: 'Owner',
  manager: 'Manager',
  finance: 'Finance',
  support: 'Support',
  'read-only': 'Read-only',
}

const OWNER_ONLY: readonly Permission[] = ['admins.manage', 'ledger.limits', 'stars.provider']

const ROLE_PERMISSIONS: Record<Role, readonly Permission[]> = {
  owner: PERMISSIONS,
  manager: PERMISSIONS.filter((permission) => !OWNER_ONLY.includes(permission)),
  finance: [
    'dashboard.view',
    'customers.view',
    'broadcasts.view',
    'notifications.view',
    'ledger.view',
    'ledger.adjust',
    'payments.view',
    'payments.manage',
    'payments.settle',
    'payments.refund',
    'stars.view',
    'stars.packages',
    'stars.refund',
    'approvals.view',
    'approvals.decide',
    'settings.view',
    'health.view',
    'audit.view',
  ],
  support: [
    'dashboard.view',
    'customers.view',
    'customers.write',
    'customers.ban',
    'broadcasts.view',
    'notifications.view',
    'notifications.manage',
    'ledger.view',
    'payments.view',
    'payments.manage',
    'stars.view',
    'stars.deliver',
    'health.view',
  ],
  'read-only': [
    'dashboard.view',
    'customers.view',
    'broadcasts.view',
    'notifications.view',
    'ledger.view',
    'payments.view',
    'stars.view',
    'approvals.view',
    'settings.view',
    'health.view',
    'audit.view',
  ],
}

export const permissionsOf = (role: Role) => ROLE_PERMISSIONS[role]

export const mayDo = (role: Role, permission: Permission) => ROLE_PERMISSIONS[role].includes(permission)
