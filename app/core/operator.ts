import { userInfo } from 'node:os'
import type { Actor } from '#core/contracts/audit'

/** Whoever runs a command on the machine, for the audit log. */
export function asOperator(): Actor {
  return { type: 'operator', id: null, name: systemUser() }
}

/** Containers run under numbers that have no name. */
function systemUser() {
  try {
    return userInfo().username
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`
  }
}
