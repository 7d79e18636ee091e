import { inject } from '@adonisjs/core'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import type Admin from '#staff/models/admin'

/** Secrets of second factors, encrypted for one admin: copied to another row they do not open. */
@inject()
export class TotpSecrets {
  constructor(private keys: KeyWrapper) {}

  seal(adminId: number, secret: string) {
    return this.keys.wrap(secret, this.#purpose(adminId))
  }

  open(admin: Admin): string | null {
    return admin.twoFactorSecret && this.keys.unwrap(admin.twoFactorSecret, this.#purpose(admin.id))
  }

  #purpose(adminId: number) {
    return `admin:${adminId}:totp`
  }
}
