import { createHash } from 'node:crypto'
import type { Secret } from '@adonisjs/core/helpers'
import { Exception } from '@adonisjs/core/exceptions'
import { AES256GCM } from '@adonisjs/core/encryption/drivers/aes_256_gcm'
import { KeyWrapper } from '#core/contracts/key_wrapper'

/** A ciphertext that none of the configured keys opens, or that was made for another purpose. */
export class UnreadableSecretException extends Exception {
  static status = 500
  static code = 'E_UNREADABLE_SECRET'
}

/**
 * AES-256-GCM under the application's key. Each ciphertext starts with the id of its key; the purpose is
 * authenticated with it. Keys after the first are old ones that only open what they once closed.
 */
export class EncryptionKeyWrapper extends KeyWrapper {
  readonly #ciphers: Map<string, AES256GCM>
  readonly #current: AES256GCM
  readonly #currentId: string

  constructor(keys: [Secret<string>, ...Secret<string>[]]) {
    super()
    this.#ciphers = new Map(keys.map((key) => [keyId(key), new AES256GCM({ key, id: keyId(key) })]))
    this.#currentId = keyId(keys[0])
    this.#current = this.#ciphers.get(this.#currentId)!
  }

  wrap(plaintext: string, purpose: string) {
    return this.#current.encrypt(plaintext, { purpose: named(purpose) })
  }

  unwrap(ciphertext: string, purpose: string) {
    const id = keyIdOf(ciphertext)
    const owner = this.#ciphers.get(id)
    if (!owner) {
      throw new UnreadableSecretException(
        `A stored secret (${purpose}) was encrypted with a key that is not configured: put the former APP_KEY into APP_KEY_PREVIOUS`
      )
    }
    const plaintext = owner.decrypt<string>(ciphertext, named(purpose))
    if (plaintext === null) {
      throw new UnreadableSecretException(`A stored secret (${purpose}) was damaged or belongs to another place`)
    }
    return plaintext
  }

  isCurrent(ciphertext: string) {
    return keyIdOf(ciphertext) === this.#currentId
  }
}

const keyIdOf = (ciphertext: string) => ciphertext.split('.', 1)[0]

/** Public name of a key: tells keys apart and says nothing about them. */
export function keyId(key: Secret<string>) {
  return `k${createHash('sha256').update(`kontora key id:${key.release()}`).digest('hex').slice(0, 8)}`
}

function named(purpose: string) {
  if (!purpose) throw new TypeError('A secret is wrapped for a purpose')
  return purpose
}
