import { AdminRecoveryCodeSchema } from '#database/schema'

export default class AdminRecoveryCode extends AdminRecoveryCodeSchema {
  static table = 'admin_recovery_codes'
}
