import { FirstOwnerSetupSchema } from '#database/schema'

/** The only row of its table: whether the panel still waits for its first owner. */
export default class FirstOwnerSetup extends FirstOwnerSetupSchema {
  static table = 'first_owner_setup'
}
