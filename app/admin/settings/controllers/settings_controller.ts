import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Settings } from '#core/contracts/settings'
import { ChangeSettings } from '#system/actions/change_settings'
import { changesOf, errorsOf, fieldOf } from '#admin/settings/settings_form'
import { panelText } from '#admin/shared/words'

/** Every setting that a room declares, by its group. */
@inject()
export default class SettingsController {
  constructor(
    private settings: Settings,
    private changeSettings: ChangeSettings
  ) {}

  async index({ bouncer, view }: HttpContext) {
    await bouncer.authorize('permission', 'settings.view')
    const groups = []
    for (const name of this.#groups()) groups.push({ name, fields: await this.#fieldsOf(name) })
    return view.render('admin/settings/index', { groups })
  }

  async update({ actor, bouncer, params, request, response, session }: HttpContext) {
    await bouncer.authorize('permission', 'settings.edit')
    const definitions = this.#definitionsOf(params.group)
    if (definitions.length === 0) return response.redirect().toPath('/admin/settings')

    const changes = changesOf(definitions, request.all())
    const result = await this.changeSettings.handle({ group: params.group, changes, actor })
    if (!result.ok) {
      session.flashAll()
      session.flash('inputErrorsBag', errorsOf(result.refusal.faults))
    } else {
      session.flash('success', panelText('settings.saved', { count: result.value.length }))
    }
    return response.redirect().toPath(`/admin/settings#${params.group}`)
  }

  #groups() {
    return [...new Set(this.settings.definitions().map(({ group }) => group))].sort()
  }

  #definitionsOf(group: string) {
    return this.settings.definitions().filter((definition) => definition.group === group)
  }

  #fieldsOf(group: string) {
    return Promise.all(
      this.#definitionsOf(group).map(async (definition) => fieldOf(definition, await this.settings.get(definition)))
    )
  }
}
