import { Exception } from '@adonisjs/core/exceptions'

/**
 * Thrown by routes of a part that is not configured or switched off; answered by a page that says so. `reason` says
 * what is missing and who can change it.
 */
export class ModuleOffException extends Exception {
  static status = 503
  static code = 'E_MODULE_OFF'

  constructor(module: string, reason: string) {
    super(`${module} is off: ${reason}`)
  }
}
