import { PersonalData, type PersonalDataHolder } from '#core/contracts/personal_data'

export class PersonalDataRegistry extends PersonalData {
  readonly #holders: PersonalDataHolder[] = []

  register(holder: PersonalDataHolder) {
    this.#holders.push(holder)
  }

  all() {
    return [...this.#holders]
  }
}
