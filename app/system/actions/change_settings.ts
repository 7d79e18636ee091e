import { inject } from '@adonisjs/core'
import { ok } from '#core/result'
import { Audit, type Actor } from '#core/contracts/audit'
import { Settings, type SettingDefinition } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import { findFault } from '#system/settings/setting_value'

export interface SettingChange {
  definition: SettingDefinition<any>
  value: unknown
}

/** What is wrong, by the key of the setting: `must be at least 1`. */
export type SettingFaults = Record<string, string>

/**
 * Stores several settings at once, with one audit entry that tells each value before and after. When one of them is
 * not admitted none is stored: refuses `settings_invalid` with the faults.
 */
@inject()
export class ChangeSettings {
  constructor(
    private settings: Settings,
    private audit: Audit
  ) {}

  async handle({ group, changes, actor }: { group: string; changes: SettingChange[]; actor: Actor }) {
    const faults = this.#faultsOf(changes)
    if (Object.keys(faults).length > 0) {
      return { ok: false as const, refusal: { code: 'settings_invalid' as const, faults } }
    }
    return transaction(async (trx) => {
      const before: Record<string, unknown> = {}
      const after: Record<string, unknown> = {}
      for (const { definition, value } of changes) {
        const current = await this.settings.getIn(trx, definition)
        if (JSON.stringify(current) === JSON.stringify(value)) continue
        await this.settings.set(trx, definition, value)
        before[definition.key] = current
        after[definition.key] = value
      }
      const changed = Object.keys(after)
      if (changed.length > 0) {
        const subject = { subjectType: 'settings', subjectId: group }
        await this.audit.record(trx, { actor, action: 'settings.changed', ...subject, before, after })
      }
      return ok(changed)
    })
  }

  #faultsOf(changes: SettingChange[]): SettingFaults {
    const faults = changes.map(({ definition, value }) => [definition.key, findFault(definition, value)])
    return Object.fromEntries(faults.filter(([, fault]) => fault !== null))
  }
}
