import type { Trx } from '#core/database/transaction'

export interface DataSubject {
  customerId: number
  telegramId: number
}

/** What one room keeps about a person beside the customer's own row. */
export interface PersonalDataHolder {
  /** Removes or empties it inside the transaction that anonymises the customer; identifiers and money stay. */
  erase(trx: Trx, subject: DataSubject): Promise<void>
}

/** Registry of everything that must go when a customer is anonymised; rooms register when they boot. */
export abstract class PersonalData {
  abstract register(holder: PersonalDataHolder): void
  abstract all(): PersonalDataHolder[]
}
