import { CustomerSchema } from '#database/schema'
import type { Language } from '#customers/languages'

/** A Telegram user of the bot. */
export default class Customer extends CustomerSchema {
  static table = 'customers'

  declare language: Language

  get isBanned() {
    return this.bannedAt !== null
  }

  get isUnreachable() {
    return this.unreachableAt !== null
  }

  get isAnonymised() {
    return this.anonymisedAt !== null
  }

  /** Name for people to read; never empty. User text: escape it where it is shown. */
  get displayName() {
    const name = [this.firstName, this.lastName].filter(Boolean).join(' ')
    return name || (this.username ? `@${this.username}` : `#${this.id}`)
  }
}
